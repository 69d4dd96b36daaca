using System.Text.Json;

namespace Poolhouse.Load;

/// <summary>A confirmed user with tokens of a sign-in.</summary>
internal sealed record TestUser(string Email, string AccessToken, string RefreshToken);

/// <summary>Makes confirmed users the way people become them: sign-up, the code from the mailbox, sign-in.</summary>
internal sealed class TestUsers(LoadOptions options)
{
    /// <summary>The password of every one of them.</summary>
    public const string Password = "Correct-Horse-7";

    private static readonly TimeSpan MailTime = TimeSpan.FromSeconds(30);

    private readonly string run = Guid.NewGuid().ToString("N")[..8];
    private int made;

    /// <summary>An address that nobody has yet.</summary>
    public string NextEmail() => $"load-{run}-{Interlocked.Increment(ref made)}@example.com";

    /// <summary>Users that are signed in, made several at a time.</summary>
    public async Task<TestUser[]> MakeAsync(int count)
    {
        using var mailbox = new HttpClient { BaseAddress = options.Url };
        var users = new TestUser[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, ct) => users[i] = await MakeOneAsync(mailbox, ct));
        return users;
    }

    private async Task<TestUser> MakeOneAsync(HttpClient mailbox, CancellationToken ct)
    {
        using var connection = await HttpConnection.OpenAsync(options.EndPoint);
        var email = NextEmail();
        await connection.SendAsync(Requests.SignUp(email, Password));
        await connection.SendAsync(Requests.ConfirmSignUp(email, await CodeAsync(mailbox, email, ct)));
        using var answer = JsonDocument.Parse(await connection.SendAsync(Requests.PasswordSignIn(email, Password)));
        var result = answer.RootElement.GetProperty("AuthenticationResult");
        return new TestUser(email, result.GetProperty("AccessToken").GetString()!, result.GetProperty("RefreshToken").GetString()!);
    }

    private static async Task<string> CodeAsync(HttpClient mailbox, string email, CancellationToken ct)
    {
        for (var waited = TimeSpan.Zero; waited < MailTime; waited += TimeSpan.FromMilliseconds(50))
        {
            using var messages = JsonDocument.Parse(await mailbox.GetByteArrayAsync(new Uri($"/dev/mailbox?to={email}", UriKind.Relative), ct));
            if (messages.RootElement.GetArrayLength() > 0) return messages.RootElement[0].GetProperty("code").GetString()!;
            await Task.Delay(50, ct);
        }

        throw new LoadException($"No code came for {email}.");
    }
}
