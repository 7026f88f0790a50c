import type { MessageKey } from "@/i18n";
import type { IconName } from "@/parts/icons";

export interface Tab {
  name: string;
  to: string;
  icon: IconName;
  label: MessageKey;
}

export const tabs: Tab[] = [
  { name: "home", to: "/home", icon: "home", label: "shell.home" },
  { name: "loans", to: "/loans", icon: "loan", label: "shell.loans" },
  { name: "contacts", to: "/contacts", icon: "chat", label: "shell.contacts" },
  { name: "plans", to: "/plans", icon: "plan", label: "shell.plans" },
  { name: "me", to: "/me", icon: "person", label: "shell.me" },
];
