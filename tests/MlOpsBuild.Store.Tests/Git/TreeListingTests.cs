using System.Text;

namespace MlOpsBuild.Store.Git.Tests;

public sealed class TreeListingTests
{
    private const string First = "1234567890123456789012345678901234567890";
    private const string Second = "abcdefabcdefabcdefabcdefabcdefabcdefabcd";

    [Fact]
    public void Files_are_read_with_their_ids() =>
        TreeListing.Parse(Encoding.UTF8.GetBytes($"100644 blob {First}\truns/2026/ä b.json\0100755 blob {Second}\tx\ty\0"))
            .ShouldBe(new Dictionary<string, string> { ["runs/2026/ä b.json"] = First, ["x\ty"] = Second });

    [Fact]
    public void No_files_are_an_empty_tree() => TreeListing.Parse([]).ShouldBeEmpty();

    [Theory]
    [InlineData("100644 blob " + First + "\tx")]
    [InlineData("fatal: bad object\0")]
    [InlineData("fatal\0a\tb\0")]
    public void What_is_no_listing_is_refused(string output) =>
        Should.Throw<FormatException>(() => TreeListing.Parse(Encoding.ASCII.GetBytes(output)));
}
