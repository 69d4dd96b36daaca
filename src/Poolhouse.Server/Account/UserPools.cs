using Poolhouse.Core.Accounts;
using Poolhouse.Server.Account.Amazon;

namespace Poolhouse.Server.Account;

/// <summary>Each application's pool, of this server or at Amazon.</summary>
internal sealed class UserPools(LocalUserPools local, AmazonUserPools amazon) : IUserPools
{
    public IUserPoolGateway Of(Application application) => application.Amazon is null ? local.Of(application) : amazon.Of(application);
}
