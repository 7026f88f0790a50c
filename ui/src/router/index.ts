import { createRouter, createWebHashHistory, type RouteRecordRaw, type Router } from "vue-router";
import { useSession } from "@/stores/session";
import { routes as contacts } from "@/pages/contacts/routes";
import { routes as home } from "@/pages/home/routes";
import { routes as loans } from "@/pages/loans/routes";
import { routes as letters } from "@/pages/plans/letters/routes";
import { routes as me } from "@/pages/me/routes";
import { routes as plans } from "@/pages/plans/routes";

declare module "vue-router" {
  interface RouteMeta {
    /** The tab this page belongs to. */
    tab?: string;
    /** The tab's own route: on a phone the list alone. */
    list?: boolean;
    /** May be seen while the vault is closed. */
    open?: boolean;
  }
}

const routes: RouteRecordRaw[] = [
  { path: "/welcome", name: "welcome", component: () => import("@/pages/first-run/FirstRun.vue"), meta: { open: true } },
  { path: "/unlock", name: "unlock", component: () => import("@/pages/unlock/Unlock.vue"), meta: { open: true } },
  { path: "/forgot", name: "forgot", component: () => import("@/pages/unlock/Forgot.vue"), meta: { open: true } },
  {
    path: "/",
    component: () => import("@/shell/Shell.vue"),
    redirect: "/home",
    children: [...home, ...loans, ...contacts, ...plans, ...letters, ...me],
  },
  { path: "/:rest(.*)*", redirect: "/" },
];

/** Which page the state of the vault demands, if any: locked means that no other page exists. */
export function demanded(state: string | undefined, to: { name?: unknown; meta: { open?: boolean } }): string | undefined {
  if (state === "no_vault") return to.name === "welcome" ? undefined : "/welcome";
  if (state === "locked") return to.name === "unlock" || to.name === "forgot" ? undefined : "/unlock";
  return to.meta.open === true ? "/home" : undefined;
}

export function makeRouter(): Router {
  const router = createRouter({ history: createWebHashHistory(), routes });
  router.beforeEach((to) => demanded(useSession().state, to));
  router.afterEach((to, from, failed) => {
    if (failed || to.path === from.path || from.matched.length === 0) return;
    // A reader or keyboard user lands on the heading of the page that opened, not on the link that is gone.
    void router.isReady().then(() => requestAnimationFrame(() => headingOf(to.meta.list === true)?.focus({ preventScroll: true })));
  });
  return router;
}

function headingOf(list: boolean): HTMLElement | undefined {
  if (document.querySelector("[role=dialog]:not([inert])") !== null) return undefined;
  if (document.activeElement?.matches("input, textarea, select") === true) return undefined;
  const headings = [...document.querySelectorAll<HTMLElement>("h1[tabindex='-1']")].filter((h) => h.offsetParent !== null);
  return list ? headings[0] : headings.at(-1);
}
