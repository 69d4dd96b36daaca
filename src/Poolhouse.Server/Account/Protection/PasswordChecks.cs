using System.Globalization;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Threats;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Texts;

namespace Poolhouse.Server.Account.Protection;

/// <summary><c>POST auth/password-check</c>.</summary>
internal sealed record PasswordCheckBody(string? Password, string? Email, string? Application);

/// <summary>What would be said of a password.</summary>
/// <param name="Acceptable">Whether the application would take it.</param>
/// <param name="Score">How hard it is to guess: 0 (at once) to 4 (very hard).</param>
/// <param name="Rules">Each rule, and whether the password keeps it.</param>
/// <param name="Breached">Whether it is among published passwords.</param>
internal sealed record PasswordCheckAnswer(bool Acceptable, int Score, IReadOnlyList<PasswordRuleAnswer> Rules, bool Breached);

/// <summary>One rule.</summary>
internal sealed record PasswordRuleAnswer(string Code, bool Satisfied, string Detail);

/// <summary>
/// A password looked at while it is typed: the pool's and the application's rules, an estimate of its strength (zxcvbn), and whether it was published.
/// Nothing of it is kept, and nothing of it leaves the server.
/// </summary>
internal sealed class PasswordChecks(IUserPools pools, IBreachedPasswords breached)
{
    private const int LongestPassword = 256;

    // zxcvbn's time grows faster than the text; what stands behind so many characters makes no password weaker.
    private const int LongestEstimated = 64;

    // Reads its dictionaries when it is made; asking it changes nothing.
    private readonly Zxcvbn.Zxcvbn _estimator = new();

    /// <summary>Answers the route.</summary>
    public async ValueTask<IResult> CheckAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.PasswordCheckBody, ct);
        var errors = new FieldErrors();
        var application = call.ApplicationNamed(body.Application, errors);
        errors.Text("password", body.Password, LongestPassword);
        errors.OptionalText("email", body.Email, LongestPassword);
        errors.ThrowIfAny();
        var password = body.Password!;
        var rules = Rules(application, await pools.Of(application).FindPasswordRulesAsync(ct), password, body.Email, call.Language);
        var isBreached = await breached.ContainsAsync(password, ct);
        var isAcceptable = rules.All(r => r.Satisfied) && !(isBreached && application.RefusesBreachedPasswords);
        var answer = new PasswordCheckAnswer(isAcceptable, Score(password, body.Email, application), rules, isBreached);
        return Results.Json(answer, AccountJson.Default.PasswordCheckAnswer);
    }

    /// <summary>Refuses what the application does not take; the pool's own rules are the pool's to keep.</summary>
    /// <exception cref="ProblemException">PASSWORD_NOT_ACCEPTABLE.</exception>
    public async ValueTask DemandAsync(Application application, string password, string? email, string language, CancellationToken ct)
    {
        var own = Rules(application, pool: null, password, email, language);
        if (own.FirstOrDefault(r => !r.Satisfied) is { } broken) throw new ProblemException(400, "PASSWORD_NOT_ACCEPTABLE") { Detail = broken.Detail };
        if (application.RefusesBreachedPasswords && await breached.ContainsAsync(password, ct))
            throw new ProblemException(400, "PASSWORD_NOT_ACCEPTABLE") { Detail = ProblemTexts.Rule(language, "BREACHED", null) };
    }

    private static List<PasswordRuleAnswer> Rules(Application application, PasswordRules? pool, string password, string? email, string language)
    {
        var result = new List<PasswordRuleAnswer>();
        void Add(string code, bool isKept, string? argument = null) => result.Add(new PasswordRuleAnswer(code, isKept, ProblemTexts.Rule(language, code, argument)));

        var least = Math.Max(pool?.MinimumLength ?? 0, application.PasswordLength ?? 0);
        if (least > 0) Add("MINIMUM_LENGTH", password.Length >= least, least.ToString(CultureInfo.InvariantCulture));
        if (pool is { RequireLowercase: true }) Add("LOWERCASE", PasswordPolicy.HasLowercase(password));
        if (pool is { RequireUppercase: true }) Add("UPPERCASE", PasswordPolicy.HasUppercase(password));
        if (pool is { RequireNumbers: true }) Add("NUMBER", PasswordPolicy.HasNumber(password));
        if (pool is { RequireSymbols: true }) Add("SYMBOL", PasswordPolicy.HasSymbol(password));
        // NIST SP 800-63B-4 §3.1.1.2: words of the context, such as the name that signs in.
        if (email is { Length: > 0 }) Add("NOT_EMAIL", !password.Equals(email, StringComparison.OrdinalIgnoreCase) && !password.Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase));
        return result;
    }

    private int Score(string password, string? email, Application application)
    {
        var known = new List<string> { "poolhouse", application.Name, application.Title };
        if (email is { Length: > 0 }) known.AddRange([email, .. email.Split('@', '.', '+', '-', '_')]);
        return _estimator.EvaluatePassword(password[..Math.Min(password.Length, LongestEstimated)], known.Where(w => w.Length > 0)).Score;
    }
}
