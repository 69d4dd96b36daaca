using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignIn;

/// <summary>Begins a sign-in. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html</summary>
internal sealed class InitiateAuth(Resources resources, SignIns signIns) : IOperation<InitiateAuthRequest, InitiateAuthResponse>
{
    public async ValueTask<InitiateAuthResponse> HandleAsync(InitiateAuthRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        if (request.AuthFlow is AuthFlowValues.AdminNoSrpAuth or AuthFlowValues.AdminUserPasswordAuth)
            throw CognitoException.InvalidParameter("Initiate Auth method not supported.");
        var step = SignInMapping.Read(pool, client, request.AuthParameters, request.Session, isAdmin: false, call, Origins.Of(request.UserContextData, client, call))
            with { ValidationData = request.ClientMetadata };
        var outcome = await signIns.StartAsync(request.AuthFlow!, step, ct);
        if (outcome.Refusal is { } refusal) throw Refusals.Of(refusal, client);
        var (challenge, session, parameters, result, available) = SignInMapping.Write(outcome.Value);
        return new InitiateAuthResponse
        {
            ChallengeName = challenge,
            Session = session,
            ChallengeParameters = parameters,
            AuthenticationResult = result,
            AvailableChallenges = available,
        };
    }
}
