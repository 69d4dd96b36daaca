using System.Globalization;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Tokens;

namespace Poolhouse.Core.SignIn;

/// <summary>
/// Reads what USER_AUTH is asked to reach: TARGET_ACR_VALUES, MAX_AGE, ACCESS_TOKEN (API_InitiateAuth). Without the first the flow
/// is what it was before there were levels, and MAX_AGE says nothing.
/// </summary>
public sealed class StepUpRequests(AccessTokens accessTokens)
{
    private const string LiteTier = "LITE";

    /// <summary>The request with what a token proves, and the wish; a null wish where nothing is asked for.</summary>
    public async ValueTask<Outcome<(SignInRequest Request, StepUpWish? Wish)>> ReadAsync(SignInRequest request, CancellationToken ct)
    {
        var token = request["ACCESS_TOKEN"];
        if (request["TARGET_ACR_VALUES"] is not { } names) return token is null ? (request, null) : new Refusal.StepUp(StepUpProblem.TokenWithoutLevels);
        if (request.Pool.Settings.Tier == LiteTier) return new Refusal.NotInTier("Step-up authentication");
        var acr = request.Pool.Settings.AcrNames;
        int[] levels = [.. names.Split(' ').Select(name => AuthenticationLevels.LevelOf(acr, name)).Where(level => level > 0).Distinct()];
        if (levels.Length == 0) return new Refusal.StepUp(StepUpProblem.UnknownLevels);
        var age = TimeSpan.MaxValue;
        if (request["MAX_AGE"] is { } text)
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return new Refusal.StepUp(StepUpProblem.InvalidAge);
            age = TimeSpan.FromSeconds(seconds);
        }

        if (token is null) return (request, new StepUpWish(levels, 0, null));
        var (caller, problem) = await accessTokens.FindCallerAsync(token, request.Now, ct);
        if (caller is null) return new Refusal.AccessToken(problem);
        if (caller.Client.Id != request.Client.Id) return new Refusal.StepUp(StepUpProblem.ForeignToken);
        // A token that is too old proves nothing any more, but still must be the user's own.
        if (request.Now - caller.Family.AuthenticatedAt > age) return (request, new StepUpWish(levels, 0, caller.User.Sub));
        var credited = request with { Proved = AuthenticationMethods.OfClaim(caller.Family.Amr), IsCredited = true };
        var level = caller.Family.Acr is { } name ? AuthenticationLevels.LevelOf(acr, name) : 0;
        return (credited, new StepUpWish(levels, level, caller.User.Sub));
    }
}
