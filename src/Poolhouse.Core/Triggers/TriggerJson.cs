using System.Text.Json.Serialization;

namespace Poolhouse.Core.Triggers;

/// <summary>JSON of triggers. Nulls are written: functions find every member that they may fill in.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(TextMapConverter)])]
[JsonSerializable(typeof(TriggerEvent<PreSignUpRequest, PreSignUpResponse>), TypeInfoPropertyName = "PreSignUp")]
[JsonSerializable(typeof(TriggerEvent<PostConfirmationRequest, NoResponse>), TypeInfoPropertyName = "PostConfirmation")]
[JsonSerializable(typeof(TriggerEvent<PreAuthenticationRequest, NoResponse>), TypeInfoPropertyName = "PreAuthentication")]
[JsonSerializable(typeof(TriggerEvent<PostAuthenticationRequest, NoResponse>), TypeInfoPropertyName = "PostAuthentication")]
[JsonSerializable(typeof(TriggerEvent<DefineAuthChallengeRequest, DefineAuthChallengeResponse>), TypeInfoPropertyName = "DefineAuthChallenge")]
[JsonSerializable(typeof(TriggerEvent<CreateAuthChallengeRequest, CreateAuthChallengeResponse>), TypeInfoPropertyName = "CreateAuthChallenge")]
[JsonSerializable(typeof(TriggerEvent<VerifyAuthChallengeRequest, VerifyAuthChallengeResponse>), TypeInfoPropertyName = "VerifyAuthChallenge")]
[JsonSerializable(typeof(TriggerEvent<PreTokenGenerationRequest, PreTokenGenerationResponse>), TypeInfoPropertyName = "PreTokenGeneration")]
[JsonSerializable(typeof(TriggerEvent<PreTokenGenerationRequest, PreTokenGenerationV2Response>), TypeInfoPropertyName = "PreTokenGenerationV2")]
[JsonSerializable(typeof(TriggerEvent<UserMigrationRequest, UserMigrationResponse>), TypeInfoPropertyName = "UserMigration")]
[JsonSerializable(typeof(TriggerEvent<CustomMessageRequest, CustomMessageResponse>), TypeInfoPropertyName = "CustomMessage")]
[JsonSerializable(typeof(TriggerEvent<CustomSenderRequest, NoResponse>), TypeInfoPropertyName = "CustomSender")]
[JsonSerializable(typeof(TriggerEvent<InboundFederationRequest, InboundFederationResponse>), TypeInfoPropertyName = "InboundFederation")]
[JsonSerializable(typeof(CustomMessageResponse))]
[JsonSerializable(typeof(GroupConfiguration))]
internal sealed partial class TriggerJson : JsonSerializerContext;
