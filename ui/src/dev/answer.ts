import type { ErrorCode, Result } from "@/ipc/types";

export function ok<T>(data: T): Result<T> {
  return { status: "ok", data };
}

export function no<T>(code: ErrorCode, message: string, field: string | null = null): Result<T> {
  return { status: "error", error: { code, field, message, hints: [] } };
}
