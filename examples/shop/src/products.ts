export interface Product {
  id: string;
  name: string;
  /** In fen. */
  price: number;
}

export const PRODUCTS: readonly Product[] = [
  { id: "iphone-17-pro", name: "iPhone 17 Pro", price: 799_900 },
  { id: "xiaomi-17", name: "Xiaomi 17", price: 449_900 },
];

export const product = (id: string | undefined): Product | undefined => PRODUCTS.find((it) => it.id === id);
