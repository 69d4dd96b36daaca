using Poolhouse.Core.Clients;
using Poolhouse.Core.Devices;
using Poolhouse.Core.Pools;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.SignIn;
using Poolhouse.Core.Tokens;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.SignIn;

/// <summary>Sign-in between Core and the wire.</summary>
internal static class SignInMapping
{
    private static readonly Dictionary<string, string> None = new(StringComparer.Ordinal);

    /// <summary>A step as Core takes it; whose ClientMetadata it has is the caller's to say, since triggers see it by that.</summary>
    public static SignInRequest Read(
        UserPool pool, AppClient client, IReadOnlyDictionary<string, string>? parameters, string? session, bool isAdmin, CallContext call, Origin origin) => new()
    {
        Pool = pool,
        Client = client,
        Parameters = parameters ?? None,
        Session = session,
        IsAdmin = isAdmin,
        Now = call.Now,
        Origin = origin,
    };

    /// <summary>What every one of the four operations answers.</summary>
    public static (string? Challenge, string? Session, IReadOnlyDictionary<string, string> Parameters, AuthenticationResultType? Result, IReadOnlyList<string>? Available)
        Write(SignInStep step) => step switch
        {
            // Observed: ChallengeParameters is an empty object beside tokens, not absent.
            SignInStep.Authenticated authenticated => (null, null, None, Result(authenticated.Tokens, authenticated.NewDevice), null),
            SignInStep.Challenged challenged => (challenged.Name, challenged.Session, challenged.Parameters, null, challenged.Available),
            _ => throw new InvalidOperationException("Unknown step."),
        };

    /// <summary>API_AuthenticationResultType.</summary>
    public static AuthenticationResultType Result(IssuedTokens tokens, NewDevice? device = null) => new()
    {
        AccessToken = tokens.AccessToken,
        IdToken = tokens.IdToken,
        RefreshToken = tokens.RefreshToken,
        ExpiresIn = (int)tokens.AccessLifetime.TotalSeconds,
        TokenType = "Bearer",
        NewDeviceMetadata = device is null ? null : new NewDeviceMetadataType { DeviceKey = device.Key, DeviceGroupKey = device.GroupKey },
    };
}
