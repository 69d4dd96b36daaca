using System.Text.Json.Serialization;
using Poolhouse.Core.Accounts.Protection;
using Poolhouse.Core.Passwords;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Texts;

namespace Poolhouse.Server.Account.Protection;

/// <summary>An answer to a security question.</summary>
internal sealed record AnswerBody(string? Question, string? Answer);

/// <summary><c>PUT security-questions</c> and <c>POST security-questions/answers</c>.</summary>
internal sealed record AnswersBody(IReadOnlyList<AnswerBody?>? Answers);

/// <summary><c>GET security-questions</c>.</summary>
/// <param name="Questions">All there are, with their texts.</param>
/// <param name="Chosen">Those that the person has answered; empty before.</param>
/// <param name="Required">Whether the application wants them and they are missing.</param>
internal sealed record QuestionsAnswer(IReadOnlyList<QuestionText> Questions, IReadOnlyList<string> Chosen, bool Required);

/// <summary>A question.</summary>
internal sealed record QuestionText(string Code, string Text);

/// <summary><c>GET security-matrix</c>: by action, what it asks for.</summary>
internal sealed record MatrixAnswer(IReadOnlyDictionary<string, IReadOnlyList<string>> Actions, [property: JsonPropertyName("proof_seconds")] int ProofSeconds);

/// <summary>Security questions and the matrix that asks them.</summary>
internal sealed class Questions(IDatabase database, PasswordHasher hasher, HashQueue queue, SecurityMatrix matrix, ProtectionOfActions protection, Audit audit)
{
    private const int AttemptsPerHour = 5;

    /// <summary><c>GET security-questions</c>.</summary>
    public async ValueTask<IResult> GetAsync(AccountCall call, CancellationToken ct)
    {
        var chosen = await database.ReadAsync(stores => stores.SecurityAnswers.ListAsync(call.Account.Id, ct), ct);
        var texts = SecurityQuestions.All.Select(code => new QuestionText(code, ProblemTexts.Question(call.Language, code))).ToList();
        return Results.Json(new QuestionsAnswer(texts, [.. chosen.Select(a => a.Question)], IsRequired(call, chosen)), AccountJson.Default.QuestionsAnswer);
    }

    /// <summary><c>PUT security-questions</c>: sets all of them anew.</summary>
    public async ValueTask<IResult> PutAsync(AccountCall call, CancellationToken ct)
    {
        var answers = await ReadAsync(call, ct);
        await protection.DemandAsync(call, SensitiveAction.ChangeSecurityQuestions, ct);
        var hashed = await queue.RunAsync(() => answers.Select(a => new SecurityAnswer(a.Question, hasher.Hash(a.Answer))).ToList(), ct);
        if (!hashed.TryGet(out var stored)) throw Problems.Unavailable();
        var entry = audit.Entry(call, "security_questions.changed");
        await database.WriteAsync(
            async unit =>
            {
                await unit.SecurityAnswers.ReplaceAsync(call.Account.Id, stored, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        return Results.NoContent();
    }

    /// <summary><c>POST security-questions/answers</c>: proves for 15 minutes, to this sign-in alone, that the person knows them.</summary>
    public async ValueTask<IResult> ProveAsync(AccountCall call, CancellationToken ct)
    {
        var given = await ReadAsync(call, ct);
        // Counted before they are compared, so that many at once don't all get a try.
        var key = $"security-questions/{call.Account.Id}";
        if (await database.WriteAsync(unit => unit.Attempts.CountAsync(key, TimeSpan.FromHours(1), call.Now, ct), ct) > AttemptsPerHour) throw Problems.TooMany(3600);
        var known = await database.ReadAsync(stores => stores.SecurityAnswers.ListAsync(call.Account.Id, ct), ct);
        var compared = await queue.RunAsync(() => known.Count > 0 && AllMatch(known, given), ct);
        if (!compared.TryGet(out var isRight)) throw Problems.Unavailable();
        var entry = audit.Entry(call, isRight ? "security_questions.answered" : "security_questions.failed");
        await database.WriteAsync(
            async unit =>
            {
                if (isRight) await unit.SecurityAnswers.ProveAsync(call.Account.Id, call.SignedIn.FamilyId, call.Now, ct);
                if (isRight) await unit.Attempts.ClearAsync(key, ct);
                await unit.Audit.AddAsync(entry, ct);
                return true;
            },
            ct);
        if (!isRight) throw Problems.Of("ANSWERS_WRONG");
        return Results.NoContent();
    }

    /// <summary><c>GET security-matrix</c>.</summary>
    public IResult GetMatrix(AccountCall call)
    {
        call.Http.Response.Headers.ContentLanguage = call.Language;
        var actions = Enum.GetValues<SensitiveAction>().ToDictionary(
            action => Name(action.ToString()), action => (IReadOnlyList<string>)[.. matrix[action].Select(proof => Name(proof.ToString()))], StringComparer.Ordinal);
        return Results.Json(new MatrixAnswer(actions, (int)SecurityMatrix.Lifetime.TotalSeconds), AccountJson.Default.MatrixAnswer);
    }

    /// <summary>Whether the application wants answers that the person has not given.</summary>
    public async ValueTask<bool> IsRequiredAsync(SignedIn caller, CancellationToken ct) =>
        caller.Application.RequiresSecurityQuestions
        && (await database.ReadAsync(stores => stores.SecurityAnswers.ListAsync(caller.Account.Id, ct), ct)).Count == 0;

    private static bool IsRequired(AccountCall call, IReadOnlyList<SecurityAnswer> chosen) => call.Application.RequiresSecurityQuestions && chosen.Count == 0;

    // All are compared, whichever is wrong: the time must not say which.
    private bool AllMatch(IReadOnlyList<SecurityAnswer> known, IReadOnlyList<(string Question, string Answer)> given)
    {
        var right = 0;
        foreach (var stored in known)
        {
            var answer = given.FirstOrDefault(a => a.Question == stored.Question).Answer ?? "";
            if (hasher.Verify(stored.Hash, answer) != PasswordVerification.Failed) right++;
        }

        return right == known.Count;
    }

    private static async ValueTask<IReadOnlyList<(string Question, string Answer)>> ReadAsync(AccountCall call, CancellationToken ct)
    {
        var body = await call.ReadAsync(AccountJson.Default.AnswersBody, ct);
        var errors = new FieldErrors();
        var result = new List<(string Question, string Answer)>();
        if (body.Answers is not { Count: SecurityQuestions.Count }) errors.Add("answers", "COUNT", SecurityQuestions.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var answer in body.Answers ?? [])
        {
            errors.OneOf("answers", answer?.Question, [.. SecurityQuestions.All]);
            errors.Text("answers", answer?.Answer, SecurityQuestions.LongestAnswer);
            if (errors.Any) break;
            var plain = SecurityQuestions.Normalize(answer!.Answer!);
            if (plain.Length < SecurityQuestions.ShortestAnswer || result.Exists(r => r.Question == answer.Question || r.Answer == plain)) errors.Invalid("answers");
            result.Add((answer.Question!, plain));
        }

        errors.ThrowIfAny();
        return result;
    }

    private static string Name(string pascal) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(pascal);
}
