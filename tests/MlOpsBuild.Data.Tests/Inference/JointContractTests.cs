using System.Text;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Files;
using MlOpsBuild.Data.Formats;
using MlOpsBuild.Data.Tables;

namespace MlOpsBuild.Data.Inference.Tests;

public sealed class JointContractTests
{
    [Theory]
    [InlineData("a,y\n1,5\n9,6\n7,8\n", "a,y\n0,5\n1,6\n", FieldKind.Whole)]
    [InlineData("a,y\n0,5\n1,6\n", "a,y\n1,5\n9,6\n7,8\n", FieldKind.Whole)]
    [InlineData("a,y\n2,5\n9,6\n", "a,y\n2.5,5\n9,6\n", FieldKind.Real)]
    [InlineData("a,y\n0.5,5\n", "a,y\n1,5\n", FieldKind.Real)]
    [InlineData("a,y\n0,5\n1,5\n", "a,y\n1,5\n0,6\n", FieldKind.Flag)]
    [InlineData("a,y\nx,5\n", "a,y\nz,5\n", FieldKind.Text)]
    public async Task Both_files_keep_it(string one, string other, FieldKind kind)
    {
        TableFile[] files = [File("one.csv", one), File("other.csv", other)];

        var contract = await JointContract.OfAsync("both", files, CancellationToken.None);

        contract["a"].Rule.Kind.ShouldBe(kind);
        foreach (var file in files)
        {
            (await TableReader.ReadAsync([file], contract, 0, null, CancellationToken.None)).Findings.ShouldBeEmpty(file.Name);
        }
    }

    [Fact]
    public async Task What_only_one_has_or_holds_something_else_in_is_left_out()
    {
        var contract = await JointContract.OfAsync(
            "both", [File("one.csv", "a,b,c,y\n1,2,x,5\n3,4,y,6\n"), File("other.csv", "y,c,a,d\n5,7,2,1\n6,8,4,2\n")],
            CancellationToken.None);

        contract.Columns.Select(column => column.Name).ShouldBe(["a", "y"]);
        contract.Columns.Count(column => column.Role == ColumnRole.Label).ShouldBe(1);
    }

    private static TableFile File(string name, string text) =>
        TableFile.Of(name, Encoding.UTF8.GetBytes(text)) with { Format = TableFormat.Usual };
}
