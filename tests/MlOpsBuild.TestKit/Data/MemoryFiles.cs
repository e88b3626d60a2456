using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.TestKit.Data;

/// <summary>Reads files that are in memory: nothing there is waited for.</summary>
public static class MemoryFiles
{
    public static ReadResult Read(
        IReadOnlyList<(string Name, byte[] Content)> files, DataContract contract,
        CancellationToken cancellationToken) => Read(files, contract, 0, cancellationToken);

    public static ReadResult Read(
        IReadOnlyList<(string Name, byte[] Content)> files, DataContract contract, int heldOut, CancellationToken cancellationToken) =>
        TableReader.ReadAsync([.. files.Select(file => TableFile.Of(file.Name, file.Content))], contract, heldOut, null, cancellationToken)
            .GetAwaiter()
            .GetResult();
}
