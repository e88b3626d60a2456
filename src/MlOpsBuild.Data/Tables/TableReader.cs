using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables;

/// <summary>Reads CSV files of one contract into one table, checking every promise on the way.</summary>
public static class TableReader
{
    /// <summary>Reads files of which none is held out.</summary>
    public static ReadResult Read(IReadOnlyList<(string Name, byte[] Content)> files, DataContract contract, CancellationToken cancellationToken) => Read(files, contract, 0, cancellationToken);

    /// <summary>Reads <paramref name="files"/> (shown name and content) in order.</summary>
    /// <param name="files">Shown name and content.</param>
    /// <param name="contract">What they promise.</param>
    /// <param name="heldOut">How many of them, the last ones, are held out: their time begins anew.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ReadResult Read(IReadOnlyList<(string Name, byte[] Content)> files, DataContract contract, int heldOut, CancellationToken cancellationToken)
    {
        var findings = new FindingCollector();
        var builder = new TableBuilder(contract, findings);
        var readable = true;
        foreach (var (position, (name, content)) in files.Index())
        {
            if (position == files.Count - heldOut)
            {
                builder.BeginHeldOut();
            }

            cancellationToken.ThrowIfCancellationRequested();
            readable &= Utf8Check.Passes(name, content, findings) && CsvFileReader.Read(name, content, contract, builder, findings, cancellationToken);
        }

        if (files.Count == 0)
        {
            findings.Add("", new("No data file", null, null, "at least one file"));
            readable = false;
        }

        return findings.Any ? new(null, findings.ToList(), !readable) : new(builder.Build(), [], false);
    }
}
