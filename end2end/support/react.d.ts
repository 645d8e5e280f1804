/** The few types of React that the tests need, since the package contains none. */
declare module "react" {
  export type FunctionComponent<Props> = (props: Props) => unknown;
  export function createElement<Props>(type: string | FunctionComponent<Props>, props: Props | null, ...children: unknown[]): unknown;
}
declare module "react-dom/server" {
  export function renderToString(element: unknown): string;
}
