using Poolhouse.Core.Pools;
using Poolhouse.Core.Stores;
using Poolhouse.Core.Users;

namespace Poolhouse.Core.SignIn;

/// <summary>The names by which the steps of one sign-in may call its user.</summary>
internal static class UserNames
{
    /// <summary>Whether an answer's USERNAME is the name the challenge gave, or another name of the same user (observed).</summary>
    public static async ValueTask<bool> AreOfAsync(IDatabase database, UserPool pool, User user, string username, CancellationToken ct)
    {
        var name = pool.Normalize(username);
        if (name == pool.Normalize(user.Username) || username == user.Sub.Value) return true;
        var named = await database.ReadAsync(stores => stores.Users.FindByNameAsync(pool.Id, name, ct), ct);
        return named?.Sub == user.Sub;
    }
}
