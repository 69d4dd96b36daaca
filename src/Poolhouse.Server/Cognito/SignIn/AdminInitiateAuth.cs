using Poolhouse.Core;
using Poolhouse.Core.SignIn;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignIn;

/// <summary>Begins a sign-in on a server's behalf. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminInitiateAuth.html</summary>
internal sealed class AdminInitiateAuth(Resources resources, SignIns signIns) : IOperation<AdminInitiateAuthRequest, AdminInitiateAuthResponse>
{
    public async ValueTask<AdminInitiateAuthResponse> HandleAsync(AdminInitiateAuthRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.UserPoolId!, request.ClientId!, ct);
        // The public form of password sign-in is InitiateAuth's; administrators have their own.
        if (request.AuthFlow is AuthFlowValues.UserPasswordAuth) throw CognitoException.InvalidParameter("Initiate Auth method not supported.");
        var step = SignInMapping.Read(pool, client, request.AuthParameters, request.Session, isAdmin: true, call, Origins.Of(request.ContextData, call))
            with { ValidationData = request.ClientMetadata };
        var outcome = await signIns.StartAsync(request.AuthFlow!, step, ct);
        if (outcome.Refusal is Refusal.FlowNotEnabled) throw CognitoException.InvalidParameter("Auth flow not enabled for this client");
        if (outcome.Refusal is { } refusal) throw Refusals.Of(refusal, client);
        var (challenge, session, parameters, result, available) = SignInMapping.Write(outcome.Value);
        return new AdminInitiateAuthResponse
        {
            ChallengeName = challenge,
            Session = session,
            ChallengeParameters = parameters,
            AuthenticationResult = result,
            AvailableChallenges = available,
        };
    }
}
