using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignIn;

/// <summary>Continues a sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html</summary>
internal sealed class RespondToAuthChallenge(Resources resources, SignIns signIns)
    : IOperation<RespondToAuthChallengeRequest, RespondToAuthChallengeResponse>
{
    public async ValueTask<RespondToAuthChallengeResponse> HandleAsync(RespondToAuthChallengeRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        var step = SignInMapping.Read(pool, client, request.ChallengeResponses, request.Session, isAdmin: false, call, Origins.Of(request.UserContextData, client, call))
            with { ClientMetadata = request.ClientMetadata };
        var outcome = await signIns.RespondAsync(request.ChallengeName!, step, ct);
        if (outcome.Refusal is { } refusal) throw Explain(refusal, client);
        var (challenge, session, parameters, result, _) = SignInMapping.Write(outcome.Value);
        return new RespondToAuthChallengeResponse
        {
            ChallengeName = challenge,
            Session = session,
            ChallengeParameters = parameters,
            AuthenticationResult = result,
        };
    }

    /// <summary>The new-password challenge begins its complaint differently from SignUp (observed).</summary>
    internal static CognitoException Explain(Refusal refusal, AppClient client) => refusal is Refusal.Password password
        ? Refusals.Of(password.Problem, "Password does not conform to policy: ")
        : Refusals.Of(refusal, client);
}
