using Poolhouse.Core.Triggers;
using Poolhouse.Core;
using Poolhouse.Core.Messages;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Users;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.AdminUsers;

/// <summary>Makes a user with a temporary password and sends the invitation. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html</summary>
internal sealed class AdminCreateUser(Resources resources, UserCreation creation) : IOperation<AdminCreateUserRequest, AdminCreateUserResponse>
{
    private const string PasswordPrefix = "Password did not conform with password policy: ";

    public async ValueTask<AdminCreateUserResponse> HandleAsync(AdminCreateUserRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        return new AdminCreateUserResponse
        {
            User = UserMapping.ToUserType(request.MessageAction == MessageActionValues.Resend
                ? await InviteAgainAsync(pool, request, call, ct)
                : await CreateAsync(pool, request, call, ct)),
        };
    }

    private async ValueTask<User> CreateAsync(UserPool pool, AdminCreateUserRequest request, CallContext call, CancellationToken ct)
    {
        var attributes = UserMapping.Read(request.UserAttributes);
        var outcome = await creation.CreateAsync(
            pool,
            new NewUser
            {
                Username = request.Username!,
                Attributes = attributes,
                TemporaryPassword = request.TemporaryPassword,
                TakesAliases = request.ForceAliasCreation ?? false,
                IsSilent = request.MessageAction == MessageActionValues.Suppress,
                Channels = Channels(request),
                Origin = Origin(request),
            },
            call.Now,
            ct);
        return outcome.Refusal is { } refusal ? throw Explain(pool, refusal, attributes) : outcome.Value;
    }

    private async ValueTask<User> InviteAgainAsync(UserPool pool, AdminCreateUserRequest request, CallContext call, CancellationToken ct)
    {
        var user = await resources.UserAsync(pool, request.Username!, ct);
        var outcome = await creation.InviteAgainAsync(pool, user, request.TemporaryPassword, Channels(request), Origin(request), call.Now, ct);
        return outcome.Refusal switch
        {
            null => outcome.Value,
            Refusal.WrongStatus => throw CognitoException.UnsupportedUserState("Resend not possible. User status is not FORCE_CHANGE_PASSWORD"),
            Refusal.Password password => throw Refusals.Of(password.Problem, PasswordPrefix),
            var refusal => throw Refusals.Of(refusal),
        };
    }

    private static TriggerOrigin Origin(AdminCreateUserRequest request) => new(ClientId: null)
    {
        ClientMetadata = request.ClientMetadata,
        ValidationData = UserMapping.ValidationData(request.ValidationData),
    };

    private static MessageChannel[] Channels(AdminCreateUserRequest request) =>
        [.. (request.DesiredDeliveryMediums ?? []).Select(medium => medium == DeliveryMediumValues.Email ? MessageChannel.Email : MessageChannel.Sms)];

    private static CognitoException Explain(UserPool pool, Refusal refusal, IReadOnlyDictionary<string, string> attributes) => refusal switch
    {
        Refusal.UsernameTaken => CognitoException.UsernameExists("User account already exists"),
        // An address that is the username is told as one, unless it came verified: reported in floci's documentation, not observed here.
        Refusal.AliasTaken { Attribute: not "preferred_username" } taken
            when pool.UsernameAttributes.Contains(taken.Attribute) && !IsVerified(attributes, taken.Attribute) =>
            CognitoException.UsernameExists("User account already exists"),
        Refusal.Password password => Refusals.Of(password.Problem, PasswordPrefix),
        _ => Refusals.Of(refusal),
    };

    private static bool IsVerified(IReadOnlyDictionary<string, string> attributes, string attribute) =>
        string.Equals(attributes.GetValueOrDefault(attribute + "_verified"), "true", StringComparison.OrdinalIgnoreCase);
}
