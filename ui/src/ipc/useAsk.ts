import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef } from "vue";
import { asFailure, timesRecorded, type Failure } from "./client";

export interface Asked<T> {
  data: ShallowRef<T | undefined>;
  failure: ShallowRef<Failure | undefined>;
  loading: Ref<boolean>;
  /** Asks again; the answer of an earlier question that comes late is dropped. */
  reload: () => Promise<void>;
}

/**
 * A question a page asks when it opens: loading, then data or failure. Show it with `<Loaded>`. It is asked again
 * whenever something was recorded, while the old answer stays in view.
 */
export function useAsk<T>(question: () => Promise<T>): Asked<T> {
  const data = shallowRef<T>();
  const failure = shallowRef<Failure>();
  const loading = ref(true);
  let latest = 0;
  const reload = async () => {
    const mine = ++latest;
    loading.value = true;
    failure.value = undefined;
    try {
      const answer = await question();
      if (mine === latest) data.value = answer;
    } catch (thrown) {
      if (mine === latest) failure.value = asFailure(thrown);
    } finally {
      if (mine === latest) loading.value = false;
    }
  };
  onScopeDispose(() => latest++);
  watch(timesRecorded, reload);
  void reload();
  return { data, failure, loading, reload };
}

/** An action behind a button: runs once at a time, keeps its failure for the page to show. */
export function useAct<A extends unknown[], T>(action: (...args: A) => Promise<T>) {
  const busy = ref(false);
  const failure = shallowRef<Failure>();
  const run = async (...args: A): Promise<T | undefined> => {
    if (busy.value) return undefined;
    busy.value = true;
    failure.value = undefined;
    try {
      return await action(...args);
    } catch (thrown) {
      failure.value = asFailure(thrown);
      return undefined;
    } finally {
      busy.value = false;
    }
  };
  return { busy, failure, run };
}
