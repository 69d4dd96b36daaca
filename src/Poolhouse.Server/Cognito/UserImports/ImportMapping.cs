using Poolhouse.Core.Imports;
using Poolhouse.Protocol.CognitoIdp;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Jobs between Core and the wire.</summary>
internal sealed class ImportMapping(UploadAddresses addresses)
{
    /// <summary>API_UserImportJobType. The address to upload to is there as long as the job takes a file, each time a fresh one.</summary>
    public UserImportJobType ToWire(ImportJob job, DateTimeOffset now)
    {
        job = job.At(now);
        return new UserImportJobType
        {
            JobName = job.Name,
            JobId = job.Id,
            UserPoolId = job.PoolId.Value,
            PreSignedUrl = job.State == ImportState.Created ? addresses.Of(job.PoolId, job.Id, now) : null,
            CreationDate = job.CreatedAt,
            StartDate = job.StartedAt,
            CompletionDate = job.EndedAt,
            Status = job.State.ToString(),
            CloudWatchLogsRoleArn = job.RoleArn,
            ImportedUsers = job.Imported,
            SkippedUsers = job.Skipped,
            FailedUsers = job.Failed,
            CompletionMessage = job.Message,
            PasswordHashingAlgorithm = job.HashAlgorithm,
        };
    }
}
