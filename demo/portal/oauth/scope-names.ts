/** What each right means to the person who is asked for it. */
export const SCOPE_NAMES: Readonly<Record<string, string>> = {
  crm: "CRM: лиды, сделки, контакты и компании",
  user: "Сотрудники: все сведения",
  user_basic: "Сотрудники: имена и контакты",
  user_brief: "Сотрудники: только имена",
  "user.userfield": "Свои поля сотрудников",
  userfieldconfig: "Настройка своих полей",
  department: "Структура компании",
  im: "Чат и уведомления",
  task: "Задачи",
  tasks: "Задачи (новые методы)",
  calendar: "Календарь",
  bizproc: "Роботы и бизнес-процессы",
  placement: "Встраивание в страницы портала",
};
