using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Files.Tests;

/// <summary>Reads one file of a given name and format.</summary>
internal static class FormatReading
{
    public static ReadResult Read<TRow>(string name, byte[] content, TableFormat? format = null) =>
        TableReader
            .ReadAsync(
                [new(name, () => new MemoryStream(content), format ?? TableFormat.Usual)], ContractReader.Of<TRow>(), 0, null,
                CancellationToken.None)
            .GetAwaiter()
            .GetResult();

    public static DataTable Table<TRow>(string name, byte[] content, TableFormat? format = null)
    {
        var result = Read<TRow>(name, content, format);
        result.Findings.ShouldBeEmpty();
        return result.Table.ShouldNotBeNull();
    }

    public static DataTable Table<TRow>(string text, TableFormat? format = null) =>
        Table<TRow>("rows.csv", Encoding.UTF8.GetBytes(text), format);

    public static IReadOnlyList<Finding> Findings<TRow>(string text, TableFormat? format = null, string name = "rows.csv")
    {
        var result = Read<TRow>(name, Encoding.UTF8.GetBytes(text), format);
        result.Table.ShouldBeNull();
        return result.Findings;
    }
}
