using Microsoft.Extensions.Options;
using Poolhouse.Core.Accounts.Kyc;
using Poolhouse.Core.Primitives;
using Poolhouse.Server.Options;

namespace Poolhouse.Server.Commands.Examinations;

/// <summary>Where identity documents are kept: an object goes there, comes back and is removed.</summary>
internal sealed class DocumentsExamination(IObjectStore objects, IRandom random, IOptions<ServerOptions> options) : IExamination
{
    public string Part => "documents";

    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken ct)
    {
        var isFolder = options.Value.Kyc.Store == "folder";
        // The folder is made by the first upload; a look must not.
        if (isFolder && !Directory.Exists(Path.Combine(options.Value.Data, "kyc"))) return [Finding.Good(Part, "No identity document was stored yet; they will be in the data folder.")];
        var name = Convert.ToHexStringLower(random.Bytes(16));
        try
        {
            await objects.PutAsync(name, new byte[] { 1, 2, 3 }, ct);
            var read = await objects.FindAsync(name, 3, ct);
            await objects.DeleteAsync(name, ct);
            return read is [1, 2, 3]
                ? [Finding.Good(Part, isFolder ? "The folder of identity documents can be written and read." : "The store of identity documents can be written, read and cleared.")]
                : [Finding.Out(Part, "What was stored could not be read again.", "Look at Kyc:Store.")];
        }
        catch (ObjectStoreException problem)
        {
            return [Finding.Out(Part, problem.Message, isFolder
                ? "Give this user the right to read and write the folder kyc in the data folder."
                : "Look at Kyc:Store and its access key: it needs to put, get and delete objects.")];
        }
    }
}
