using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Account.Features;
using Poolhouse.Server.Account.Pipeline;
using Poolhouse.Server.Account.Protection;

namespace Poolhouse.Server.Account.Authentication;

/// <summary>What the steps of a sign-in come to, as clients read it.</summary>
internal sealed class SignInResults(Callers callers, FeatureFlags features, Questions questions)
{
    /// <summary>What a step of a sign-in came to.</summary>
    public static SignInAnswer Of(
        string? challenge,
        string? session,
        IReadOnlyDictionary<string, string>? parameters,
        IReadOnlyList<string>? available,
        AuthenticationResultType? tokens) => tokens is null
        ? new SignInAnswer { Challenge = challenge, Session = session, Parameters = parameters, AvailableChallenges = available }
        : new SignInAnswer
        {
            AccessToken = tokens.AccessToken,
            RefreshToken = tokens.RefreshToken,
            IdToken = tokens.IdToken,
            TokenType = tokens.TokenType ?? "Bearer",
            ExpiresIn = tokens.ExpiresIn,
        };

    /// <summary>Tokens with what the application says of their account; challenges as they are.</summary>
    public async ValueTask<IResult> WriteAsync(AccountCall call, SignInAnswer answer, CancellationToken ct)
    {
        if (answer.AccessToken is { } token)
        {
            var caller = await callers.OfTokenAsync(token, call.Now, ct);
            answer = answer with { Features = await features.OfAsync(caller), SecurityQuestionRequired = await questions.IsRequiredAsync(caller, ct) };
        }

        return Results.Json(answer, AccountJson.Default.SignInAnswer);
    }
}
