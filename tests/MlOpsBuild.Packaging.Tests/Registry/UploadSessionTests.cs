using FsCheck;
using FsCheck.Fluent;

namespace MlOpsBuild.Packaging.Registry.Tests;

public sealed class UploadSessionTests
{
    [Theory]
    [InlineData("0-999", 1000)]
    [InlineData("bytes=0-999", 1000)]
    [InlineData("0-1", 2)]
    [InlineData("0-0", 0)]
    [InlineData("", null)]
    [InlineData("5-999", null)]
    [InlineData("0-", null)]
    [InlineData("0--1", null)]
    [InlineData("0-9223372036854775807", null)]
    [InlineData("0-x", null)]
    public void A_range_tells_how_much_the_registry_has(string range, int? received)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Range", range);

        UploadSession.Received(response.Headers).ShouldBe(received);
    }

    [Fact]
    public void Any_range_is_read_without_failing() => Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Range", text.Get);
        return UploadSession.Received(response.Headers) is null or >= 0;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("http://r/u/1", "http://r/u/1?digest=sha256:x")]
    [InlineData("http://r/u/1?state=a%2Fb", "http://r/u/1?state=a%2Fb&digest=sha256:x")]
    [InlineData("http://r/u/1?state=a#part", "http://r/u/1?state=a&digest=sha256:x")]
    public void The_digest_joins_the_query(string location, string commit) =>
        new UploadSession(new(location), 0).Commit("sha256:x").AbsoluteUri.ShouldBe(commit);
}
