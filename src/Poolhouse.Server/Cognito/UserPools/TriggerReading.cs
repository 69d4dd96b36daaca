using System.Text.RegularExpressions;
using Poolhouse.Core.Triggers;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserPools;

/// <summary>
/// API_LambdaConfigType and back. Whether the server knows where a function is called is not asked here: as with Amazon a pool may
/// name a function before there is one, and another node's configuration may know it.
/// </summary>
internal static partial class TriggerReading
{
    /// <summary>The functions that a request names.</summary>
    public static PoolTriggers Triggers(LambdaConfigType? config)
    {
        if (config is null) return new PoolTriggers();
        foreach (var arn in Arns(config))
            if (arn is not null && !FunctionArn().IsMatch(arn)) throw CognitoException.InvalidParameter($"{arn} is not the ARN of a Lambda function.");
        var (token, versioned) = (config.PreTokenGeneration, config.PreTokenGenerationConfig);
        // API_LambdaConfigType.PreTokenGeneration. The words are this server's own, as the next ones.
        if (token is not null && versioned is not null && token != versioned.LambdaArn)
            throw CognitoException.InvalidParameter("PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be the same.");
        if ((config.CustomEmailSender is not null || config.CustomSMSSender is not null) && config.KMSKeyID is null)
            throw CognitoException.InvalidParameter("CustomEmailSender and CustomSMSSender need a KMSKeyID.");
        return new PoolTriggers
        {
            PreSignUp = config.PreSignUp,
            CustomMessage = config.CustomMessage,
            PostConfirmation = config.PostConfirmation,
            PreAuthentication = config.PreAuthentication,
            PostAuthentication = config.PostAuthentication,
            DefineAuthChallenge = config.DefineAuthChallenge,
            CreateAuthChallenge = config.CreateAuthChallenge,
            VerifyAuthChallengeResponse = config.VerifyAuthChallengeResponse,
            PreTokenGeneration = token ?? versioned?.LambdaArn,
            PreTokenGenerationVersion = versioned?.LambdaVersion switch { "V3_0" => 3, "V2_0" => 2, _ => 1 },
            UserMigration = config.UserMigration,
            CustomEmailSender = config.CustomEmailSender?.LambdaArn,
            CustomSmsSender = config.CustomSMSSender?.LambdaArn,
            InboundFederation = config.InboundFederation?.LambdaArn,
            KmsKeyId = config.KMSKeyID,
        };
    }

    /// <summary>As described: a function for tokens under both its names, whichever was used.</summary>
    public static LambdaConfigType ToWire(PoolTriggers triggers) => new()
    {
        PreSignUp = triggers.PreSignUp,
        CustomMessage = triggers.CustomMessage,
        PostConfirmation = triggers.PostConfirmation,
        PreAuthentication = triggers.PreAuthentication,
        PostAuthentication = triggers.PostAuthentication,
        DefineAuthChallenge = triggers.DefineAuthChallenge,
        CreateAuthChallenge = triggers.CreateAuthChallenge,
        VerifyAuthChallengeResponse = triggers.VerifyAuthChallengeResponse,
        PreTokenGeneration = triggers.PreTokenGeneration,
        UserMigration = triggers.UserMigration,
        PreTokenGenerationConfig = triggers.PreTokenGeneration is { } token
            ? new PreTokenGenerationVersionConfigType { LambdaArn = token, LambdaVersion = $"V{triggers.PreTokenGenerationVersion}_0" }
            : null,
        CustomSMSSender = triggers.CustomSmsSender is { } sms ? new CustomSMSLambdaVersionConfigType { LambdaVersion = "V1_0", LambdaArn = sms } : null,
        CustomEmailSender = triggers.CustomEmailSender is { } mail ? new CustomEmailLambdaVersionConfigType { LambdaVersion = "V1_0", LambdaArn = mail } : null,
        InboundFederation = triggers.InboundFederation is { } inbound ? new InboundFederationLambdaType { LambdaVersion = "V1_0", LambdaArn = inbound } : null,
        KMSKeyID = triggers.KmsKeyId,
    };

    private static IEnumerable<string?> Arns(LambdaConfigType config) =>
    [
        config.PreSignUp, config.CustomMessage, config.PostConfirmation, config.PreAuthentication, config.PostAuthentication, config.DefineAuthChallenge,
        config.CreateAuthChallenge, config.VerifyAuthChallengeResponse, config.PreTokenGeneration, config.UserMigration,
        config.PreTokenGenerationConfig?.LambdaArn, config.CustomSMSSender?.LambdaArn, config.CustomEmailSender?.LambdaArn,
        config.InboundFederation?.LambdaArn,
    ];

    // AWS Lambda, API_Invoke: name, and after it a version or alias.
    [GeneratedRegex("^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_-]{1,140}(?::[A-Za-z0-9$_-]{1,128})?$", RegexOptions.NonBacktracking)]
    private static partial Regex FunctionArn();
}
