using Microsoft.AspNetCore.Http;

namespace MlOpsBuild.Dashboard.Tests;

public sealed class DashboardAccessTests
{
    [Theory]
    [InlineData("Bearer secret", true)]
    [InlineData("Bearer secret ", false)]
    [InlineData("bearer secret", false)]
    [InlineData("Bearer ", false)]
    [InlineData("secret", false)]
    [InlineData("", false)]
    public void Only_the_whole_token_opens(string header, bool opens)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Authorization = header;

        new DashboardAccess("secret").Allows(context.Request).ShouldBe(opens);
    }

    [Theory]
    [InlineData("127.0.0.1:5080", true)]
    [InlineData("localhost:5080", true)]
    [InlineData("[::1]:5080", true)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("10.0.0.1:5080", false)]
    [InlineData("", false)]
    public void Only_names_of_this_machine_are_answered_to(string host, bool ours) =>
        DashboardAccess.IsOfThisMachine(new HostString(host)).ShouldBe(ours);
}
