using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignIn;

/// <summary>Continues a sign-in on a server's behalf. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html</summary>
internal sealed class AdminRespondToAuthChallenge(Resources resources, SignIns signIns)
    : IOperation<AdminRespondToAuthChallengeRequest, AdminRespondToAuthChallengeResponse>
{
    public async ValueTask<AdminRespondToAuthChallengeResponse> HandleAsync(
        AdminRespondToAuthChallengeRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.UserPoolId!, request.ClientId!, ct);
        var step = SignInMapping.Read(pool, client, request.ChallengeResponses, request.Session, isAdmin: true, call, Origins.Of(request.ContextData, call))
            with { ClientMetadata = request.ClientMetadata };
        var outcome = await signIns.RespondAsync(request.ChallengeName!, step, ct);
        if (outcome.Refusal is { } refusal) throw RespondToAuthChallenge.Explain(refusal, client);
        var (challenge, session, parameters, result, _) = SignInMapping.Write(outcome.Value);
        return new AdminRespondToAuthChallengeResponse
        {
            ChallengeName = challenge,
            Session = session,
            ChallengeParameters = parameters,
            AuthenticationResult = result,
        };
    }
}
