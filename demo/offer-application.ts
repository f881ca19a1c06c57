/** Keys of an application, as the settings name them. */
export interface OfferedApplication {
  readonly BITRIX24_CLIENT_ID: string;
  readonly BITRIX24_CLIENT_SECRET: string;
}

interface Card {
  readonly id: number;
  readonly title: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const TITLE = "b24kit";

/**
 * Puts our application on the emulator's list, where its administrator installs it by opening it. The portal keeps it, so
 * a later start finds it there and tells it only where the API is now.
 */
export async function offerApplication(portalUrl: string, apiUrl: string): Promise<OfferedApplication> {
  const ask = async <T>(path: string, method = "GET", body?: object): Promise<T> => {
    const answer = await fetch(`${portalUrl}/_emulator${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`The portal emulator refused the application: ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  const addresses = {
    handlerUrl: `${apiUrl}/api/bitrix24`,
    installUrl: `${apiUrl}/bitrix/oauth/install`,
  };
  const known = (await ask<Card[]>("/apps")).find(({ title }) => title === TITLE);
  const card = known
    ? await ask<Card>(`/apps/${known.id}`, "PATCH", addresses)
    : await ask<Card>("/apps", "POST", {
        ...{ title: TITLE, scopes: ["crm", "placement", "user_brief", "department", "task", "telephony"] },
        ...addresses,
      });
  return { BITRIX24_CLIENT_ID: card.clientId, BITRIX24_CLIENT_SECRET: card.clientSecret };
}
