using Poolhouse.Core.Imports;
using Poolhouse.Core.Stores;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Wire;

namespace Poolhouse.Server.Cognito.UserImports;

/// <summary>Has the uploaded file imported. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html</summary>
internal sealed class StartUserImportJob(Resources resources, IDatabase database, ImportJobs jobs, ImportMapping mapping, ImportSignal signal)
    : IOperation<StartUserImportJobRequest, StartUserImportJobResponse>
{
    public async ValueTask<StartUserImportJobResponse> HandleAsync(StartUserImportJobRequest request, CallContext call, CancellationToken ct)
    {
        var pool = await resources.PoolAsync(request.UserPoolId!, ct);
        await jobs.JobAsync(pool.Id.Value, request.JobId!, ct);
        // User guide, "Creating the user import CSV file": without an auto-verified attribute the job does not start.
        if (pool.Settings.AutoVerifiedAttributes.Count == 0)
            throw CognitoException.PreconditionNotMet("The user pool does not have any auto-verified attributes.");
        var outcome = await database.WriteAsync(unit => unit.Imports.StartAsync(pool.Id, request.JobId!, call.Now, ct), ct);
        if (outcome != ImportCommand.Done) throw Refuse(outcome);
        signal.Notify();
        return new StartUserImportJobResponse { UserImportJob = mapping.ToWire(await jobs.JobAsync(pool.Id.Value, request.JobId!, ct), call.Now) };
    }

    private static CognitoException Refuse(ImportCommand outcome) => CognitoException.PreconditionNotMet(outcome switch
    {
        ImportCommand.NoFile => "The CSV file has not been uploaded.",
        ImportCommand.OtherUnderWay => "Another user import job is in progress in the user pool.",
        _ => "The user import job is not in the state Created.",
    });
}
