using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Serving.Hosting.Tests;

public sealed class AdminTokenTests
{
    [Theory]
    [InlineData("Bearer secret", true)]
    [InlineData("Bearer secre", false)]
    [InlineData("Bearer secretly", false)]
    [InlineData("Bearer SECRET", false)]
    [InlineData("Bearer ", false)]
    [InlineData("bearer secret", false)]
    [InlineData("Basic secret", false)]
    [InlineData("secret", false)]
    [InlineData("", false)]
    public void Only_the_whole_token_matches(string header, bool matches)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.Authorization = header;

        AdminToken.Matches(request, "secret").ShouldBe(matches);
    }

    [Fact]
    public void A_request_without_the_header_does_not_match() =>
        AdminToken.Matches(new DefaultHttpContext().Request, "secret").ShouldBeFalse();
}
