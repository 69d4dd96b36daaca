using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Amazon;
using Poolhouse.Amazon.Cognito;
using Poolhouse.Core.Accounts;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Sessions;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Account.Amazon;

/// <summary>Operations of one application's pool at Amazon, with the protocol's own records: what the client owes is added, and failures are worded.</summary>
internal sealed partial class AmazonCalls(Application application, CognitoClient client, ILogger<AmazonUserPools> logger)
{
    private readonly Secret? _secret = application.Amazon!.ClientSecret;

    /// <summary>Calls one.</summary>
    /// <exception cref="CognitoException">The operation's own refusal; 503 where the pool can't be asked or won't have us.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        string operation, TRequest request, JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output, Origin origin, CancellationToken ct)
        where TRequest : class
    {
        var answer = await CallAsync(operation, request, input, origin, ct);
        try
        {
            return JsonSerializer.Deserialize(answer, output)!;
        }
        catch (JsonException)
        {
            LogAway(operation, application.PoolId, nameof(JsonException));
            throw Away();
        }
    }

    /// <summary>Calls one whose answer says nothing.</summary>
    /// <exception cref="CognitoException">As above.</exception>
    public async Task<byte[]> CallAsync<TRequest>(string operation, TRequest request, JsonTypeInfo<TRequest> input, Origin origin, CancellationToken ct)
        where TRequest : class
    {
        try
        {
            return await client.CallAsync(operation, JsonSerializer.SerializeToUtf8Bytes((TRequest)Complete(request, origin), input), ct);
        }
        catch (AmazonException failed)
        {
            throw Word(operation, failed);
        }
    }

    /// <summary>What is said where the pool can't be asked.</summary>
    public static CognitoException Away() => CognitoException.ServiceUnavailable();

    // The secret proves the client, and with it Amazon believes whose address the request comes from; from others it would only see this server's.
    // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-viewing-threat-protection-app.html
    private object Complete(object request, Origin origin) => _secret is null ? request : request switch
    {
        SignUpRequest r => r with { SecretHash = Hash(r.Username), UserContextData = Context(origin) },
        ConfirmSignUpRequest r => r with { SecretHash = Hash(r.Username), UserContextData = Context(origin) },
        ResendConfirmationCodeRequest r => r with { SecretHash = Hash(r.Username), UserContextData = Context(origin) },
        ForgotPasswordRequest r => r with { SecretHash = Hash(r.Username), UserContextData = Context(origin) },
        ConfirmForgotPasswordRequest r => r with { SecretHash = Hash(r.Username), UserContextData = Context(origin) },
        InitiateAuthRequest r when IsOwn(r.ClientId) => r with { AuthParameters = WithHash(r.AuthParameters), UserContextData = Context(origin) },
        RespondToAuthChallengeRequest r => r with { ChallengeResponses = WithHash(r.ChallengeResponses), UserContextData = Context(origin) },
        GetTokensFromRefreshTokenRequest r when IsOwn(r.ClientId) => r with { ClientSecret = _secret.Reveal() },
        RevokeTokenRequest r when IsOwn(r.ClientId) => r with { ClientSecret = _secret.Reveal() },
        _ => request,
    };

    private bool IsOwn(string? clientId) => clientId == application.ClientId.Value;

    private string Hash(string? username) => SecretHash.Of(_secret!, username ?? "", application.ClientId.Value);

    // A person who sends SECRET_HASH of their own, as a challenge's answers let them, is not believed.
    private Dictionary<string, string>? WithHash(IReadOnlyDictionary<string, string>? parameters) => parameters is null
        ? null
        : new Dictionary<string, string>(parameters, StringComparer.Ordinal) { ["SECRET_HASH"] = Hash(parameters.GetValueOrDefault("USERNAME")) };

    private static UserContextDataType? Context(Origin origin) => origin.Address is { } address ? new UserContextDataType { IpAddress = address.ToString() } : null;

    private CognitoException Word(string operation, AmazonException failed)
    {
        if (failed.Failure == AmazonFailure.Refused && !IsOurs(failed)) return CognitoException.Forwarded(failed.Type, failed.ServiceMessage);
        // The type only: the text may hold an address.
        if (failed.Failure == AmazonFailure.Refused || failed.Type == "CredentialsNotFound") LogMisconfigured(operation, application.PoolId, failed.Type);
        else LogAway(operation, application.PoolId, failed.Type);
        return Away();
    }

    // Refused not for what the person did, but for what this server is: its keys, its rights, its pool, its client.
    private static bool IsOurs(AmazonException refused) => refused.Type switch
    {
        "AccessDeniedException" or "ExpiredTokenException" or "IncompleteSignatureException" or "InvalidClientTokenId" or "InvalidSignatureException"
            or "MissingAuthenticationTokenException" or "OptInRequired" or "ResourceNotFoundException" or "SerializationException" or "UnknownOperationException"
            or "UnrecognizedClientException" or "UserPoolTaggingException" => true,
        // "Unable to verify secret hash for client …", "Client … is configured with secret but SECRET_HASH was not received".
        "NotAuthorizedException" or "InvalidParameterException" => refused.ServiceMessage is { } text
            && (text.Contains("secret hash", StringComparison.OrdinalIgnoreCase) || text.Contains("SECRET_HASH", StringComparison.Ordinal)),
        _ => false,
    };

    [LoggerMessage(EventIds.AmazonMisconfigured, LogLevel.Error, "Amazon refuses {Operation} to this server with {Error}, pool {Pool}: keys, rights, pool or client are not as docs/amazon.md asks for.")]
    private partial void LogMisconfigured(string operation, PoolId pool, string error);

    [LoggerMessage(EventIds.AmazonAway, LogLevel.Warning, "{Operation} was not answered, pool {Pool}: {Error}.")]
    private partial void LogAway(string operation, PoolId pool, string error);
}
