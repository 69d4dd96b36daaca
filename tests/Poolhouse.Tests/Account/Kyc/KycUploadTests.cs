using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Poolhouse.Core.Accounts.Kyc.Files;
using Poolhouse.Core.Stores;
using Poolhouse.Server.Options;
using Poolhouse.Tests.Testing;

namespace Poolhouse.Tests.Account.Kyc;

public sealed class KycUploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<FileType> Types => [.. Enum.GetValues<FileType>()];

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_type_is_taken_by_its_content_and_kept_encrypted_without_a_position(FileType type)
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();
        var reviewer = await world.OperatorAsync();
        var file = Samples.Of(type);

        var answer = (await person.UploadAsync(file)).Good(201).Json;

        answer["type"]!.GetValue<string>().ShouldBe(type.MediaType());
        answer["state"]!.GetValue<string>().ShouldBe("pending");
        answer["kind"]!.GetValue<string>().ShouldBe("passport");
        answer["account_id"].ShouldBeNull();
        var id = answer["id"]!.GetValue<string>();
        var (response, bytes) = await reviewer.ContentAsync(id);
        bytes.ShouldBe(Samples.Cleaned(file));
        bytes.Has(Samples.Secret).ShouldBeFalse();
        response.Content.Headers.ContentType!.MediaType.ShouldBe(type.MediaType());

        var kept = await KeptAsync(world, id);
        kept.Length.ShouldBeGreaterThan(bytes.Length);
        kept.Has(Samples.Secret).ShouldBeFalse();
        kept.AsSpan().IndexOf(bytes.AsSpan(0, 16)).ShouldBe(-1);
    }

    [Fact]
    public async Task A_person_sees_documents_and_status_of_their_own()
    {
        var world = await World.OnAsync();
        var (person, other) = (await world.AccountAsync(), await world.AccountAsync());
        (await person.StatusAsync()).ShouldBe(("none", null));

        var id = await person.DocumentAsync();

        (await person.StatusAsync()).ShouldBe(("pending", null));
        var document = (await person.GetAsync("kyc/documents")).Good().Json["documents"]!.AsArray().Single()!;
        document["id"]!.GetValue<string>().ShouldBe(id);
        (await other.StatusAsync()).ShouldBe(("none", null));
        (await other.GetAsync("kyc/documents")).Good().Json["documents"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_export_has_what_was_uploaded()
    {
        var person = await (await World.OnAsync()).AccountAsync();
        var id = await person.DocumentAsync();

        var export = (await person.GetAsync("me/export")).Good().Json;

        export["kyc_documents"]!.AsArray().Single()!["id"]!.GetValue<string>().ShouldBe(id);
        export.ToJsonString().ShouldNotContain("sealed");
    }

    [Fact]
    public async Task What_waits_can_be_taken_back_by_its_owner_only()
    {
        var world = await World.OnAsync();
        var (person, other) = (await world.AccountAsync(), await world.AccountAsync());
        var reviewer = await world.OperatorAsync();
        var id = await person.DocumentAsync();

        (await other.SendAsync(HttpMethod.Delete, $"kyc/documents/{id}")).ShouldBeProblem(404, "NOT_FOUND");
        (await person.SendAsync(HttpMethod.Delete, $"kyc/documents/{id}")).Good(204);

        (await person.StatusAsync()).ShouldBe(("none", null));
        (await person.SendAsync(HttpMethod.Delete, $"kyc/documents/{id}")).ShouldBeProblem(404, "NOT_FOUND");
        (await reviewer.ReviewAsync(id, "approved")).ShouldBeProblem(404, "NOT_FOUND");
        ((int)(await reviewer.ContentAsync(id)).Response.StatusCode).ShouldBe(404);
        var decided = await person.DocumentAsync();
        (await reviewer.ReviewAsync(decided, "approved")).Good();
        (await person.SendAsync(HttpMethod.Delete, $"kyc/documents/{decided}")).ShouldBeProblem(409, "KYC_ALREADY_REVIEWED");
    }

    [Fact]
    public async Task Files_that_are_not_taken_are_refused_with_their_code()
    {
        var person = await (await World.OnAsync()).AccountAsync();
        var jpeg = Samples.Jpeg();

        (await person.UploadAsync("MZ not a document"u8.ToArray(), type: "image/jpeg", name: "photo.jpg")).ShouldBeProblem(415, "FILE_TYPE_NOT_ACCEPTED");
        (await person.UploadAsync(jpeg[..^40])).ShouldBeProblem(400, "FILE_MALFORMED");
        (await person.UploadAsync(new HeicSample { Width = 60_000, Height = 60_000 }.Build())).ShouldBeProblem(400, "FILE_TOO_MANY_PIXELS");
        (await person.UploadAsync(new PdfSample { Pages = 21 }.Build())).ShouldBeProblem(400, "FILE_TOO_MANY_PAGES");
        (await person.UploadAsync(new PdfSample { Catalog = "/AA<<>>" }.Build())).ShouldBeProblem(400, "FILE_HAS_ACTIVE_CONTENT");
        (await person.UploadAsync(new PdfSample { Trailer = "/Encrypt 4 0 R" }.Build())).ShouldBeProblem(400, "FILE_ENCRYPTED");
        (await person.UploadAsync(new HeicSample { NeedsProfile = true }.Build())).ShouldBeProblem(400, "FILE_NOT_SUPPORTED");
        (await person.StatusAsync()).ShouldBe(("none", null));
    }

    [Fact]
    public async Task Ten_mebibytes_are_taken_and_one_byte_more_is_not()
    {
        var person = await (await World.OnAsync()).AccountAsync();
        var photo = Samples.Jpeg();
        byte[] most = [.. photo, .. new byte[FileLimits.Bytes - photo.Length]];

        (await person.UploadAsync(most)).Good(201);
        (await person.UploadAsync([.. most, 0])).ShouldBeProblem(413, "FILE_TOO_LARGE");
    }

    [Fact]
    public async Task Without_a_declared_length_it_is_cut_off_at_the_limit()
    {
        var person = await (await World.OnAsync()).AccountAsync();
        using var body = new StreamContent(new Endless("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"u8.ToArray()));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        ApiAnswer answer;
        try
        {
            answer = await person.SendAsync(body);
        }
        catch (HttpRequestException)
        {
            // The server may hang up before it was all sent; then there is nothing to read.
            return;
        }

        answer.ShouldBeProblem(413, "FILE_TOO_LARGE");
    }

    [Fact]
    public async Task Forms_that_are_none_are_refused()
    {
        var world = await World.OnAsync();
        var person = await world.AccountAsync();

        (await person.UploadAsync(Samples.Jpeg(), kind: null)).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.UploadAsync(Samples.Jpeg(), kind: "library_card")).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.UploadAsync([])).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.SendAsync(new StringContent("{}"))).ShouldBeProblem(415, "VALIDATION_FAILED");
        (await person.SendAsync(Raw("multipart/form-data", "x"))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.SendAsync(Raw("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ncut off"))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await person.SendAsync(Raw("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n"))).ShouldBeProblem(400, "VALIDATION_FAILED");
        (await (person with { Access = "x" }).UploadAsync(Samples.Jpeg())).ShouldBeProblem(401, "TOKEN_INVALID");
        (await world.ApiAsync(HttpMethod.Get, "kyc")).ShouldBeProblem(401, "TOKEN_INVALID");
    }

    [Fact]
    public async Task A_day_has_so_many_uploads_refused_ones_among_them()
    {
        await using var world = await World.StartAsync(Engine.Sqlite, "--Kyc:UploadsPerDay", "3");
        var (person, other) = (await world.AccountAsync(), await world.AccountAsync());
        await person.DocumentAsync();
        (await person.UploadAsync("nothing"u8.ToArray())).ShouldBeProblem(415, "FILE_TYPE_NOT_ACCEPTED");
        var taken = await person.DocumentAsync("selfie");
        (await person.SendAsync(HttpMethod.Delete, $"kyc/documents/{taken}")).Good(204);

        var refused = await person.UploadAsync(Samples.Jpeg());

        refused.ShouldBeProblem(429, "KYC_QUOTA_EXCEEDED");
        int.Parse(refused.RetryAfter!, null).ShouldBeInRange(1, 86_400);
        await other.DocumentAsync();
    }

    /// <summary>The object's bytes in the folder.</summary>
    private static async Task<byte[]> KeptAsync(World world, string id)
    {
        var document = (await world.Services.GetRequiredService<IDatabase>().ReadAsync(stores => stores.Kyc.FindAsync(id, Ct), Ct))!;
        var data = world.Services.GetRequiredService<IOptions<ServerOptions>>().Value.Data;
        return await File.ReadAllBytesAsync(Path.Combine(data, "kyc", document.ObjectName![..2], document.ObjectName), Ct);
    }

    private static ByteArrayContent Raw(string type, string body)
    {
        var content = new ByteArrayContent(Samples.Bytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        return content;
    }

    /// <summary>A start, and then zeros, up to twice of what is taken.</summary>
    private sealed class Endless(byte[] start) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == 0)
            {
                start.CopyTo(buffer, offset);
                _position = start.Length;
                return start.Length;
            }

            if (_position > 2 * FileLimits.Bytes) return 0;
            Array.Clear(buffer, offset, count);
            _position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
