using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Stages;

/// <summary>A stored snapshot that later stages read.</summary>
/// <param name="Names">Original file names.</param>
/// <param name="Files">Their content, in the same order.</param>
public sealed record SnapshotFiles(IReadOnlyList<string> Names, IReadOnlyList<Artifact> Files)
{
    /// <summary>How many of the files, the last ones, are held out.</summary>
    public int HeldOut { get; init; }

    /// <summary>The parts of a stage key that say which data this is.</summary>
    public IEnumerable<StageInput> Key =>
        Files.Select((file, index) => new StageInput(string.Create(CultureInfo.InvariantCulture, $"data {index + 1}"), file.Digest.ToString()));

    /// <summary>One digest for all files.</summary>
    public Digest Combined => Files.Count == 1 ? Files[0].Digest : Digest.Of(string.Join('\n', Files.Select(file => file.Digest)));

    /// <summary>Reads the files by <paramref name="contract"/>.</summary>
    public async Task<ReadResult> ReadAsync(DataContract contract, CancellationToken cancellationToken)
    {
        var contents = new List<(string, byte[])>();
        for (var i = 0; i < Files.Count; i++)
        {
            contents.Add((Names[i], await File.ReadAllBytesAsync(Files[i].Path, cancellationToken)));
        }

        return TableReader.Read(contents, contract, HeldOut, cancellationToken);
    }

    /// <summary>The rows of data that was validated before.</summary>
    /// <exception cref="StageFailedException">They no longer pass.</exception>
    public async Task<DataTable> ReadValidatedAsync(DataContract contract, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(contract, cancellationToken);
        return result.Table ?? throw new StageFailedException("The data breaks its contract", result.Findings, result.Unreadable ? Verdict.Error : Verdict.Failed);
    }
}
