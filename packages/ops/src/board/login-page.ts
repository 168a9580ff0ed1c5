const SAID = {
  NONE: '',
  UNAUTHENTICATED: '令牌无效或已过期。 The token is not valid.',
  FORBIDDEN: '仅限系统管理员。 Administrators only.',
  SERVICE_UNAVAILABLE: '身份提供方暂不可用。 The identity provider cannot be reached.',
} as const;
export type LoginFailure = keyof typeof SAID;

/** One self-contained page without a script. */
export const loginPage = (why: LoginFailure): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="robots" content="noindex"><title>安结 · 队列看板</title>
<style>
body{font:16px/1.6 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;background:#eef1f4;color:#1c2733}
form{background:#fff;padding:2rem;border-radius:.5rem;width:min(32rem,88vw);box-shadow:0 1px 4px #0002}
h1{font-size:1.2rem;margin:0 0 .25rem}p{margin:.25rem 0 1rem;color:#51606f}.why{color:#a8241b;min-height:1.6em}
textarea{width:100%;box-sizing:border-box;height:8rem;font:13px/1.4 ui-monospace,monospace}
button{font:inherit;padding:.4rem 1.2rem;margin-top:.75rem;background:#1f4e79;color:#fff;border:0;border-radius:.3rem}
</style></head><body>
<form method="post" action="/login">
<h1>队列看板（只读）</h1><p>Board of queues, read only. 请粘贴系统管理员的访问令牌。 Paste an administrator's token.</p>
<label for="token">令牌 Token</label><textarea id="token" name="token" required autocomplete="off" spellcheck="false"></textarea>
<p class="why" role="alert">${SAID[why]}</p><button>登录 Log in</button>
</form></body></html>`;
