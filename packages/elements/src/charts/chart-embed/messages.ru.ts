import { counted } from "../../core/index.ts";
import type { ChartEmbedMessages } from "./messages.ts";

export const ru: ChartEmbedMessages = {
  title: "Поставить на сайт",
  form: "Как поставить",
  forms: { script: "Тег script", element: "Элемент", picture: "Картинка" },
  about: {
    script: "Живая диаграмма на любой странице. Токены посетителям выдаёт ваш сервер по адресу из token-url.",
    element: "Живая диаграмма там, где b24kit уже подключён: внутри вашего b24-provider.",
    picture:
      "Без скриптов: статья, письмо, вики. Её увидит любой, у кого есть адрес; данные в ней всегда свежие.",
  },
  code: "Код",
  theme: "Тема",
  themes: { light: "Светлая", dark: "Тёмная", auto: "Как у читателя" },
  expires: "Адрес действует",
  expiresChoices: { 720: "месяц", 8760: "год", 87600: "10 лет" },
  make: "Создать адрес",
  ready: "Адрес готов. Скопируйте код: больше он не покажется.",
  preview: "Так это выглядит",
  noPreview: "Эта страница не показывает картинки с адреса API. На другой странице код сработает.",
  links: "Действующие адреса",
  linkFacts: (until, used) =>
    `до ${until}, показана ${counted("ru", used, { one: "раз", few: "раза", many: "раз", other: "раза" })}`,
  lastUse: (at, origin) => `последний раз ${at}${origin ? ` на ${origin}` : ""}`,
  revoke: "Отозвать",
};
