using MlOpsBuild.TestKit.Data;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

/// <summary>Reads texts as the files <c>1.csv</c>, <c>2.csv</c>, ….</summary>
internal static class Reading
{
    public static ReadResult Read<TRow>(params string[] texts) => Read<TRow>([.. texts.Select(Encoding.UTF8.GetBytes)]);

    public static ReadResult Read<TRow>(params byte[][] contents) => MemoryFiles.Read(
        [.. contents.Select((content, index) => ($"{index + 1}.csv", content))], ContractReader.Of<TRow>(), CancellationToken.None);

    public static DataTable Table<TRow>(params string[] texts)
    {
        var result = Read<TRow>(texts);
        result.Findings.ShouldBeEmpty();
        result.Unreadable.ShouldBeFalse();
        return result.Table.ShouldNotBeNull();
    }

    /// <summary>The findings of a table that breaks its contract but is a table.</summary>
    public static IReadOnlyList<Finding> Broken<TRow>(params string[] texts) => Findings(Read<TRow>(texts), unreadable: false);

    /// <summary>The findings of files that are no table.</summary>
    public static IReadOnlyList<Finding> Unreadable<TRow>(params string[] texts) => Findings(Read<TRow>(texts), unreadable: true);

    private static IReadOnlyList<Finding> Findings(ReadResult result, bool unreadable)
    {
        result.Table.ShouldBeNull();
        result.Findings.ShouldNotBeEmpty();
        result.Unreadable.ShouldBe(unreadable);
        return result.Findings;
    }
}
