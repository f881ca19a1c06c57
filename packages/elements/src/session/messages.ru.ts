import type { SessionMessages } from "./messages.ts";

export const ru: SessionMessages = {
  heading: "Вход",
  lead: "Вход хранится только в этой вкладке и забывается, когда её закрывают.",
  email: "Почта",
  password: "Пароль",
  key: "Ключ API",
  keyHint: "Настройка API_KEY сервера или ключ b24k_…, созданный администратором.",
  signIn: "Войти",
  signingIn: "Входим…",
  byKey: "Войти по ключу API",
  byPassword: "Войти по почте и паролю",
  emailMissing: "Введите адрес почты.",
  passwordMissing: "Введите пароль.",
  keyMissing: "Введите ключ.",
  keyWrong: "Сервер не знает такого ключа. Проверьте, что он скопирован целиком и не отозван.",
  ended: "Прежний вход больше не действует: ключ отозван или сеанс завершён. Войдите снова.",
};
