using System.Text.Json;
using System.Text.Json.Serialization;
using TextMap = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace Poolhouse.Core.Triggers;

/// <summary>PreSignUp.</summary>
public sealed record PreSignUpRequest(TextMap UserAttributes, TextMap? ValidationData)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>PreSignUp; null means false. AdminCreateUser ignores it all.</summary>
public sealed record PreSignUpResponse(bool? AutoConfirmUser, bool? AutoVerifyEmail, bool? AutoVerifyPhone);

/// <summary>PostConfirmation.</summary>
public sealed record PostConfirmationRequest(TextMap UserAttributes)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>PreAuthentication.</summary>
public sealed record PreAuthenticationRequest(TextMap UserAttributes, TextMap? ValidationData, bool UserNotFound);

/// <summary>PostAuthentication.</summary>
public sealed record PostAuthenticationRequest(TextMap UserAttributes, bool NewDeviceUsed)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>Of functions whose answer is only that they did not fail.</summary>
public sealed record NoResponse;

/// <summary>DefineAuthChallenge.</summary>
public sealed record DefineAuthChallengeRequest(TextMap UserAttributes, IReadOnlyList<ChallengeRound> Session, bool UserNotFound)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>One challenge that was answered.</summary>
public sealed record ChallengeRound(string ChallengeName, bool ChallengeResult, string? ChallengeMetadata);

/// <summary>DefineAuthChallenge.</summary>
public sealed record DefineAuthChallengeResponse(string? ChallengeName, bool? IssueTokens, bool? FailAuthentication);

/// <summary>CreateAuthChallenge.</summary>
public sealed record CreateAuthChallengeRequest(TextMap UserAttributes, string ChallengeName, IReadOnlyList<ChallengeRound> Session, bool UserNotFound)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>CreateAuthChallenge.</summary>
public sealed record CreateAuthChallengeResponse(TextMap? PublicChallengeParameters, TextMap? PrivateChallengeParameters, string? ChallengeMetadata);

/// <summary>VerifyAuthChallengeResponse.</summary>
public sealed record VerifyAuthChallengeRequest(TextMap UserAttributes, TextMap PrivateChallengeParameters, string ChallengeAnswer, bool UserNotFound)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>VerifyAuthChallengeResponse; anything but true is wrong.</summary>
public sealed record VerifyAuthChallengeResponse(bool? AnswerCorrect);

/// <summary>PreTokenGeneration.</summary>
public sealed record PreTokenGenerationRequest(TextMap UserAttributes, GroupConfiguration GroupConfiguration)
{
    /// <summary>Versions 2 and 3.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>A user's groups with their roles, or what a function wants in their place.</summary>
public sealed record GroupConfiguration(IReadOnlyList<string>? GroupsToOverride, IReadOnlyList<string>? IamRolesToOverride, string? PreferredRole);

/// <summary>PreTokenGeneration, version 1.</summary>
public sealed record PreTokenGenerationResponse(ClaimsOverride? ClaimsOverrideDetails);

/// <summary>Version 1: claims of the ID token, and groups.</summary>
public sealed record ClaimsOverride(TextMap? ClaimsToAddOrOverride, IReadOnlyList<string>? ClaimsToSuppress)
{
    /// <summary>Undefined where absent, which leaves the groups; null and an empty object take them all away (user guide).</summary>
    public JsonElement GroupOverrideDetails { get; init; }
}

/// <summary>PreTokenGeneration, versions 2 and 3.</summary>
public sealed record PreTokenGenerationV2Response(ClaimsAndScopeOverride? ClaimsAndScopeOverrideDetails);

/// <summary>Versions 2 and 3: claims of both tokens, scopes, and groups.</summary>
public sealed record ClaimsAndScopeOverride(TokenGeneration? IdTokenGeneration, TokenGeneration? AccessTokenGeneration)
{
    /// <summary>As in version 1.</summary>
    public JsonElement GroupOverrideDetails { get; init; }
}

/// <summary>Versions 2 and 3: one token. Values of claims may be any JSON; scopes are the access token's.</summary>
public sealed record TokenGeneration(
    IReadOnlyDictionary<string, JsonElement>? ClaimsToAddOrOverride,
    IReadOnlyList<string>? ClaimsToSuppress,
    IReadOnlyList<string>? ScopesToAdd,
    IReadOnlyList<string>? ScopesToSuppress);

/// <summary>UserMigration.</summary>
public sealed record UserMigrationRequest(string? Password, TextMap? ValidationData)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }

    /// <summary>The password is in it.</summary>
    public override string ToString() => nameof(UserMigrationRequest);
}

/// <summary>UserMigration.</summary>
public sealed record UserMigrationResponse(
    TextMap? UserAttributes,
    string? FinalUserStatus,
    string? MessageAction,
    IReadOnlyList<string>? DesiredDeliveryMediums,
    bool? ForceAliasCreation)
{
    /// <summary>Whether SMS becomes the user's second factor.</summary>
    [JsonPropertyName("enableSMSMFA")]
    public bool? EnableSmsMfa { get; init; }
}

/// <summary>CustomMessage.</summary>
public sealed record CustomMessageRequest(TextMap UserAttributes, string CodeParameter, string LinkParameter, string? UsernameParameter)
{
    /// <summary>Absent where the call had none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? ClientMetadata { get; init; }
}

/// <summary>CustomMessage; null means the pool's own text.</summary>
public sealed record CustomMessageResponse(string? SmsMessage, string? EmailMessage, string? EmailSubject);

/// <summary>CustomEmailSender and CustomSMSSender.</summary>
/// <param name="Type">customEmailSenderRequestV1 or customSMSSenderRequestV1.</param>
/// <param name="Code">Sealed; see CustomSenders. Null in a message that carries none.</param>
/// <param name="ClientMetadata">Null where the call had none.</param>
/// <param name="UserAttributes">With the address that the message is for.</param>
public sealed record CustomSenderRequest(string Type, string? Code, TextMap? ClientMetadata, TextMap UserAttributes);

/// <summary>InboundFederation.</summary>
public sealed record InboundFederationRequest(string ProviderName, string ProviderType, InboundAttributes Attributes);

/// <summary>What an identity provider answered; every value as text.</summary>
public sealed record InboundAttributes
{
    /// <summary>OpenID Connect and OAuth: the token endpoint's answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? TokenResponse { get; init; }

    /// <summary>OpenID Connect: the ID token's claims.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? IdToken { get; init; }

    /// <summary>OpenID Connect and OAuth: the userInfo endpoint's answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? UserInfo { get; init; }

    /// <summary>SAML: the assertion's attributes.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TextMap? SamlResponse { get; init; }
}

/// <summary>InboundFederation: attributes left out are dropped; an empty object keeps all.</summary>
public sealed record InboundFederationResponse(TextMap? UserAttributesToMap);
