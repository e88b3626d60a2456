using System.Globalization;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Files;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Stages;

/// <summary>A stored snapshot that later stages read.</summary>
/// <param name="Names">Original file names.</param>
/// <param name="Files">Their content, in the same order.</param>
public sealed record SnapshotFiles(IReadOnlyList<string> Names, IReadOnlyList<Artifact> Files)
{
    /// <summary>The outputs of a stage that writes a file for each one that it reads, in the order in which it read them.</summary>
    public static IReadOnlyList<Artifact> InOrder(IReadOnlyDictionary<string, Artifact> outputs) =>
        [.. outputs.OrderBy(output => output.Key, NaturalOrder.Instance).Select(output => output.Value)];

    /// <summary>How many of the files, the last ones, are held out.</summary>
    public int HeldOut { get; init; }

    /// <summary>The columns that feature views gave each file's rows, in the same order; empty where none did.</summary>
    public IReadOnlyList<Artifact> Joined { get; init; } = [];

    /// <summary>How they are written.</summary>
    public TableFormat Format { get; init; } = TableFormat.Usual;

    /// <summary>How those that are held out are written.</summary>
    public TableFormat HeldOutFormat { get; init; } = TableFormat.Usual;

    /// <summary>The parts of a stage key that say which data this is.</summary>
    public IEnumerable<StageInput> Key =>
    [
        .. Files.Select((file, index) => new StageInput(
            string.Create(CultureInfo.InvariantCulture, $"data {index + 1}"), file.Digest.ToString())),
        .. Joined.Select((file, index) => new StageInput(
            string.Create(CultureInfo.InvariantCulture, $"joined {index + 1}"), file.Digest.ToString())),
        .. Format.Key is { } format ? (StageInput[])[format] : [],
        .. HeldOut > 0 && HeldOutFormat.Key is { } heldOut ? (StageInput[])[heldOut with { Name = "held-out format" }] : [],
    ];

    /// <summary>One digest for all files.</summary>
    public Digest Combined => Files.Count + Joined.Count == 1
        ? Files[0].Digest
        : Digest.Of(string.Join('\n', Files.Concat(Joined).Select(file => file.Digest)));

    /// <summary>The files with how they are written, and what was joined to them.</summary>
    public IReadOnlyList<TableFile> Tables =>
    [
        .. Files.Select((file, index) =>
            TableFile.At(file.Path, Names[index], index < Files.Count - HeldOut ? Format : HeldOutFormat) is var table && Joined.Count > 0
                ? table.With(Joined[index].Path)
                : table),
    ];

    /// <summary>Reads the files by <paramref name="contract"/>.</summary>
    /// <param name="contract">What they promise.</param>
    /// <param name="quarantine">Takes the rows that are left out; null where nobody asks for them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public Task<ReadResult> ReadAsync(DataContract contract, QuarantineFile? quarantine, CancellationToken cancellationToken) =>
        TableReader.ReadAsync(
            Tables, contract, HeldOut, quarantine, cancellationToken);

    /// <summary>The rows of data that was validated before.</summary>
    /// <exception cref="StageFailedException">They no longer pass.</exception>
    public async Task<DataTable> ReadValidatedAsync(DataContract contract, CancellationToken cancellationToken)
    {
        var result = await ReadAsync(contract, null, cancellationToken);
        return result.Table ?? throw Refusal(result);
    }

    /// <summary>What to throw for data that does not pass.</summary>
    internal static StageFailedException Refusal(ReadResult result) =>
        new("The data breaks its contract", result.Findings, result.Unreadable ? Verdict.Error : Verdict.Failed);
}
