using Poolhouse.Core.Imports;
using Poolhouse.Core.Primitives;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Makes a job and the address that its file is sent to. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserImportJob.html</summary>
internal sealed class CreateUserImportJob(Resources resources, IDatabase database, ImportMapping mapping, IRandom random)
    : IOperation<CreateUserImportJobRequest, CreateUserImportJobResponse>
{
    // Amazon's list answers 50 at most; that many are remembered here.
    private const int MostOfPool = 50;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public async ValueTask<CreateUserImportJobResponse> HandleAsync(CreateUserImportJobRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        var job = new ImportJob
        {
            PoolId = pool.Id,
            Id = "import-" + random.Text(10, Alphabet),
            Name = request.JobName!,
            RoleArn = request.CloudWatchLogsRoleArn!,
            HashAlgorithm = request.PasswordHashingAlgorithm,
            CreatedAt = call.Now,
        };
        return await database.WriteAsync(unit => unit.Imports.CreateAsync(job, MostOfPool, call.Now, ct), ct)
            ? new CreateUserImportJobResponse { UserImportJob = mapping.ToWire(job, call.Now) }
            : throw CognitoException.LimitExceeded($"The user pool has {MostOfPool} user import jobs that have not ended.");
    }
}
