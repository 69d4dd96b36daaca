using Poolhouse.Core;
using Poolhouse.Core.Clients;
using Poolhouse.Core.Threats;
using Poolhouse.Core.Triggers;
using Poolhouse.Core.Users;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignUps;

/// <summary>A person makes an account. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html</summary>
internal sealed class SignUp(Resources resources, Registration registration, ThreatProtection threats, AuthEvents events) : IOperation<SignUpRequest, SignUpResponse>
{
    public async ValueTask<SignUpResponse> HandleAsync(SignUpRequest request, CallContext call, CancellationToken ct)
    {
        var (client, pool) = await resources.ClientAsync(request.ClientId!, ct);
        Resources.DemandSecretHash(client, request.Username!, request.SecretHash);
        var origin = Origins.Of(request.UserContextData, client, call);
        if (await threats.WhyNotAsync(pool, client, origin, ct) is { } blocked) throw Refusals.Of(blocked, client);
        var outcome = await registration.SignUpAsync(
            pool, client, request.Username!, request.Password, UserMapping.Read(request.UserAttributes), Caused(client, request), call.Now, ct, call.Companion);
        if (outcome.Refusal is { } refusal) throw Explain(refusal);
        var (user, delivery, session) = outcome.Value;
        await events.RecordAsync(pool, client, user, AuthEventKind.SignUp, refusal: null, ends: user.Status == UserStatus.Confirmed, origin, call.Now, ct);
        return new SignUpResponse
        {
            UserConfirmed = user.Status == UserStatus.Confirmed,
            UserSub = user.Sub.Value,
            CodeDeliveryDetails = delivery is null ? null : UserMapping.Details(delivery),
            Session = session,
        };
    }

    private static TriggerOrigin Caused(AppClient client, SignUpRequest request) => new(client.Id)
    {
        ClientMetadata = request.ClientMetadata,
        ValidationData = UserMapping.ValidationData(request.ValidationData),
    };

    // Where attributes are usernames, the alias that is taken is the username, and the error is the one for usernames.
    private static CognitoException Explain(Refusal refusal) => refusal switch
    {
        Refusal.AliasTaken { Attribute: not "preferred_username" } taken =>
            CognitoException.UsernameExists($"An account with the given {taken.Attribute} already exists."),
        Refusal.Attributes { Problem: AttributeProblem.Unknown unknown } => CognitoException.InvalidParameter(AttributeMessages.UnknownAtSignUp(unknown)),
        _ => Refusals.Of(refusal),
    };
}
