using Poolhouse.Core.Accounts;
using Poolhouse.Core.Accounts.Realtime;
using Poolhouse.Server.Account.Pipeline;

namespace Poolhouse.Server.Account.Realtime;

/// <summary>A sign-in that a message proved.</summary>
/// <param name="Application">Where.</param>
/// <param name="SignIn">What the pool says.</param>
/// <param name="Tokens">What was sent.</param>
internal sealed record ToldProof(Application Application, PoolSignIn SignIn, ToldTokens Tokens);

/// <summary>Verifies what messages bring, all of it, before anything is written: three tokens of one sign-in, and the e-mail address of its user.</summary>
internal sealed class TokenProof(Callers callers, IUserPools pools)
{
    private const int LongestToken = 32 * 1024;

    /// <summary>The sign-in.</summary>
    /// <param name="message">What was sent.</param>
    /// <param name="errors">What is wrong with other fields of the message.</param>
    /// <param name="mayHaveEnded">Whether a sign-in that was revoked will do.</param>
    /// <param name="ct">Cancellation.</param>
    /// <exception cref="ProblemException">Something is missing, or the tokens are not accepted.</exception>
    public async ValueTask<ToldProof> VerifyAsync(TokensMessage message, FieldErrors errors, bool mayHaveEnded, CancellationToken ct)
    {
        errors.Email("email", message.Email);
        errors.Text("accessToken", message.AccessToken, LongestToken);
        errors.Text("idToken", message.IdToken, LongestToken);
        errors.Text("refreshToken", message.RefreshToken, LongestToken);
        errors.ThrowIfAny();
        var tokens = new ToldTokens(message.AccessToken!, message.IdToken!, message.RefreshToken!);
        var application = callers.ClaimedApplication(tokens.AccessToken);
        var (signIn, problem) = await pools.Of(application).FindSignInAsync(tokens.AccessToken, tokens.IdToken, tokens.RefreshToken, mayHaveEnded, ct);
        if (signIn is null) throw PoolProblems.Of(problem);
        var email = message.Email!.ToLowerInvariant();
        if (signIn.User.Attributes.GetValueOrDefault("email")?.ToLowerInvariant() != email) throw new ProblemException(401, RealtimeCodes.TokenMismatch);
        // An address that nobody proved could be anybody's; as a key it would shut its owner out.
        if (signIn.User.VerifiedEmail != email) throw Problems.Of("USER_NOT_CONFIRMED");
        return new ToldProof(application, signIn, tokens);
    }
}
