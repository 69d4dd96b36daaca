using Poolhouse.Core.Logs;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.LogDelivery;

/// <summary>Where a pool's logs go, between Core and the wire.</summary>
internal static class LogDeliveryMapping
{
    /// <summary>What a request asks for. The words of its refusals are this server's own.</summary>
    public static Core.Logs.LogDelivery Read(IReadOnlyList<LogConfigurationType> given)
    {
        var targets = given.Select(Read).ToList();
        return targets.DistinctBy(t => t.Source).Count() == targets.Count
            ? new Core.Logs.LogDelivery(targets)
            : throw CognitoException.InvalidParameter("Each EventSource can have one log configuration.");
    }

    /// <summary>API_LogDeliveryConfigurationType.</summary>
    public static LogDeliveryConfigurationType ToWire(string poolId, Core.Logs.LogDelivery? delivery) => new()
    {
        UserPoolId = poolId,
        LogConfigurations = [.. (delivery?.Targets ?? []).Select(ToWire)],
    };

    private static LogTarget Read(LogConfigurationType given)
    {
        // API_LogConfigurationType: each source has one level, and failures of notifications go to CloudWatch only.
        var level = given.EventSource == LogSources.Notification ? "ERROR" : "INFO";
        if (given.LogLevel != level) throw CognitoException.InvalidParameter($"The LogLevel of {given.EventSource} must be {level}.");
        (string Service, string? Arn)[] all =
        [
            ("logs", given.CloudWatchLogsConfiguration?.LogGroupArn), ("s3", given.S3Configuration?.BucketArn), ("firehose", given.FirehoseConfiguration?.StreamArn),
        ];
        var destinations = all.Where(d => d.Arn is not null).ToArray();
        if (destinations is not [var (service, arn)]) throw CognitoException.InvalidParameter("A log configuration must have exactly one destination.");
        if (given.EventSource == LogSources.Notification && service != "logs")
            throw CognitoException.InvalidParameter($"{LogSources.Notification} can be sent to CloudWatchLogsConfiguration only.");
        if (arn!.Split(':') is not [_, _, var named, ..] || named != service)
            throw CognitoException.InvalidParameter($"{arn} is not an ARN of {service}.");
        return new LogTarget(given.EventSource!, level, service, arn);
    }

    private static LogConfigurationType ToWire(LogTarget target) => new()
    {
        LogLevel = target.Level,
        EventSource = target.Source,
        CloudWatchLogsConfiguration = target.Service == "logs" ? new CloudWatchLogsConfigurationType { LogGroupArn = target.Arn } : null,
        S3Configuration = target.Service == "s3" ? new S3ConfigurationType { BucketArn = target.Arn } : null,
        FirehoseConfiguration = target.Service == "firehose" ? new FirehoseConfigurationType { StreamArn = target.Arn } : null,
    };
}
