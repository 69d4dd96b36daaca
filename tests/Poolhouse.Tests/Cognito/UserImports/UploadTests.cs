using Poolhouse.Tests.Testing;
using static Poolhouse.Tests.Cognito.UserImports.ImportCalls;

namespace Poolhouse.Tests.Cognito.UserImports;

public sealed class UploadTests
{
    [Fact]
    public async Task A_file_may_be_replaced_until_the_job_starts()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var job = await pool.UploadedJobAsync(await pool.CsvAsync(Person("ann")));
        var fresh = (await pool.DescribeJobAsync(job)).Text("PreSignedUrl")!;

        (await pool.UploadAsync(fresh, await pool.CsvAsync(Person("bob")))).Status.ShouldBe(200);
        await pool.OfJobAsync("StartUserImportJob", job).ShouldSucceedAsync();
        (await pool.EndedAsync(job)).Counts().ShouldBe((1, 0, 0));
        var late = await pool.UploadAsync(fresh, await pool.CsvAsync(Person("carl")));

        late.Status.ShouldBe(409);
        late.Text.ShouldContain("<Code>InvalidObjectState</Code>");
        (await pool.DescribeAsync("bob")).Text("UserStatus").ShouldBe("RESET_REQUIRED");
        (await pool.AdminAsync("AdminGetUser", "ann")).ShouldBeError("UserNotFoundException");
    }

    [Fact]
    public async Task An_address_is_good_for_its_job_alone_and_as_it_was_signed()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var other = await pool.CreateJobAsync();
        var job = await pool.CreateJobAsync();
        var url = job.Text("PreSignedUrl")!;
        string[] wrong =
        [
            url.Replace(job.Text("JobId")!, other.Text("JobId")!, StringComparison.Ordinal),
            url.Replace("expires=1", "expires=2", StringComparison.Ordinal),
            url.Replace("signature=", "signature=A", StringComparison.Ordinal),
            url[..url.IndexOf("&signature", StringComparison.Ordinal)],
            url[..url.IndexOf('?', StringComparison.Ordinal)],
            url + "&signature=x",
        ];

        foreach (var address in wrong)
        {
            var answer = await pool.UploadAsync(address, "x");
            answer.Status.ShouldBe(403, address);
            answer.Text.ShouldContain("<Code>AccessDenied</Code>");
        }

        using var read = await pool.World.Http.GetAsync(url);
        ((int)read.StatusCode).ShouldBeOneOf(404, 405);
        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException", "The CSV file has not been uploaded.");
    }

    [Fact]
    public async Task An_address_is_good_for_fifteen_minutes()
    {
        await using var world = await World.StartAsync();
        var pool = await world.PoolAsync();
        var job = await pool.CreateJobAsync();
        var csv = await pool.CsvAsync(Person("ann"));

        await world.AdvanceAsync("PT14M");
        (await pool.UploadAsync(job.Text("PreSignedUrl")!, csv)).Status.ShouldBe(200);
        await world.AdvanceAsync("PT2M");
        (await pool.UploadAsync(job.Text("PreSignedUrl")!, csv)).Status.ShouldBe(403);

        (await pool.UploadAsync((await pool.DescribeJobAsync(job)).Text("PreSignedUrl")!, csv)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_file_beyond_the_limit_leaves_the_one_before_it()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--import-megabytes", "1");
        var pool = await world.PoolAsync();
        var job = await pool.UploadedJobAsync(await pool.CsvAsync(Person("ann")));
        var url = job.Text("PreSignedUrl")!;

        (await pool.UploadAsync(url, new string('x', (1024 * 1024) + 1))).Text.ShouldContain("<Code>EntityTooLarge</Code>");
        using var unsized = new HttpRequestMessage(HttpMethod.Put, url) { Content = new StreamContent(new Endless(2 * 1024 * 1024)) };
        using var refused = await world.Http.SendAsync(unsized);
        ((int)refused.StatusCode).ShouldBe(413);
        (await pool.UploadAsync(url, "")).Status.ShouldBe(400);

        await pool.OfJobAsync("StartUserImportJob", job).ShouldSucceedAsync();
        (await pool.EndedAsync(job)).Counts().ShouldBe((1, 0, 0));
    }

    [Theory]
    [MemberData(nameof(World.Engines), MemberType = typeof(World))]
    public async Task A_file_of_many_pieces_is_read_as_it_was_sent(Engine engine)
    {
        var pool = await (await World.OnAsync(engine)).PoolAsync();
        var people = Enumerable.Range(0, 400).Select(i => Person($"p{i}", ("profile", new string('ü', 1000)))).ToArray();

        var ended = await pool.ImportAsync(await pool.CsvAsync(people));

        ended.Counts().ShouldBe((400, 0, 0));
        (await pool.DescribeAsync("p399")).Attribute("profile").ShouldBe(new string('ü', 1000));
    }

    [Fact]
    public async Task An_upload_that_breaks_off_is_none()
    {
        var pool = await (await World.OnAsync()).PoolAsync();
        var job = await pool.CreateJobAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, job.Text("PreSignedUrl")!) { Content = new StreamContent(new Endless(1024 * 1024, breaksOff: true)) };

        await Should.ThrowAsync<HttpRequestException>(() => pool.World.Http.SendAsync(request));

        (await pool.OfJobAsync("StartUserImportJob", job)).ShouldBeError("PreconditionNotMetException", "The CSV file has not been uploaded.");
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class Endless(int length, bool breaksOff = false) : Stream
    {
        private int left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(count, left);
            if (read == 0 && breaksOff) throw new IOException("Gone.");
            Array.Fill(buffer, (byte)'x', offset, read);
            left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
