/** What the shop has to know of the trade-in server. The key and the secret come from the environment only. */
export interface Settings {
  /** Where the shop listens, on this machine. */
  port: number;
  /** The trade-in server's address, without a slash at the end. It is the `iss` of each token. */
  tradeIn: string;
  /** The shop's id there. It is the `aud` of each token. */
  merchant: string;
  /** The API key of the shop's backend. */
  apiKey: string;
  /** The secret that signs webhooks, `whsec_…`. */
  webhookSecret: string;
  /** The file that holds the orders. */
  orders: string;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const needed = (name: string): string => {
    const value = env[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    port: Number(env.SHOP_PORT ?? 4100),
    tradeIn: needed("TRADEIN_URL").replace(/\/$/, ""),
    merchant: needed("TRADEIN_MERCHANT"),
    apiKey: needed("TRADEIN_API_KEY"),
    webhookSecret: needed("TRADEIN_WEBHOOK_SECRET"),
    orders: env.SHOP_ORDERS ?? "orders.json",
  };
}
