import { createPinia, setActivePinia } from "pinia";
import { mount, type ComponentMountingOptions } from "@vue/test-utils";
import { createMemoryHistory, createRouter, type Router } from "vue-router";
import type { Component } from "vue";
import { sampleCommands } from "@/dev";
import { i18n } from "@/i18n";
import { serveFrom } from "@/ipc/client";

/** Serves the invented household and hands out fresh stores; `query` as in `npm run dev`. */
export function household(query = ""): ReturnType<typeof createPinia> {
  serveFrom(sampleCommands(new URLSearchParams(query)));
  const pinia = createPinia();
  setActivePinia(pinia);
  return pinia;
}

/** Mounts with stores, words and a router that knows the pages a part may lead to. */
export function show<C extends Component>(component: C, options: ComponentMountingOptions<C> = {}, pinia = household()) {
  const router: Router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/:rest(.*)*", component: { template: "<p />" } }],
  });
  document.body.innerHTML = '<div id="app"><div id="place"></div></div>';
  const wrapper = mount(component as Component, {
    attachTo: document.getElementById("place") ?? undefined,
    ...(options as object),
    global: { plugins: [pinia, i18n, router] },
  });
  return { wrapper, router, pinia };
}
