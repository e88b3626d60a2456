using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;

namespace MlOpsBuild.Data.Inference.Tests;

public sealed class ContractPatchTests
{
    [Fact]
    public async Task A_file_that_keeps_the_contract_needs_no_patch() =>
        (await PatchAsync("A,Sky,Day,Value\n1,clear,2011-01-01,2\n2,rain,2011-01-02,3\n")).ShouldBeEmpty();

    [Fact]
    public async Task What_the_file_breaks_is_widened() =>
        (await PatchAsync("A,Sky,Day,Value,More\n" + string.Concat(Enumerable.Repeat("12,clear,2011-01-01,2,1\n2.5,fog,,3,2\n", 40))))
            .ShouldBe(
            [
                "- [property: Range(0, 10)] int A", "+ [property: Range(0, 12)] double A",
                "- [property: Categories(\"clear\", \"rain\")] string Sky",
                "+ [property: Categories(\"clear\", \"rain\", \"fog\")] string Sky",
                "- DateOnly Day", "+ DateOnly? Day",
                "+ [property: Range(1, 2)] int More",
            ]);

    [Fact]
    public async Task A_column_that_is_gone_is_taken_away() =>
        (await PatchAsync("A,Sky,Value\n1,clear,2\n2,rain,3\n")).ShouldBe(["- DateOnly Day"]);

    [Fact]
    public async Task A_column_to_predict_that_is_not_there_is_wrong_usage() =>
        (await Should.ThrowAsync<UsageException>(
            ContractInference.OfAsync(TableFile.Of("rows.csv", "A\n1\n"u8.ToArray()), "B", CancellationToken.None)))
            .Findings[0].Expected.ShouldBe("A");

    private static async Task<IReadOnlyList<string>> PatchAsync(string text) => ContractPatch.Of(
        ContractReader.Of<Row>(),
        await ContractInference.OfAsync(TableFile.Of("rows.csv", Encoding.UTF8.GetBytes(text)), "Value", CancellationToken.None));

    private sealed record Row(
        [property: Range(0, 10)] int A,
        [property: Categories("clear", "rain")] string Sky,
        DateOnly Day,
        [property: Label] double Value);
}
