using MlOpsBuild.Core;

namespace MlOpsBuild.Delivery.Servers.Tests;

public sealed class ServerFailureTests
{
    [Fact]
    public void An_address_in_use_asks_for_another_port()
    {
        var failure = ServerFailure.From(
            "server.log",
            "x ready\nx failed: System.IO.IOException: Failed to bind to address http://127.0.0.1:8080: address already in use.\n");

        failure.ShouldBeOfType<UsageException>().Findings[0].Where.ShouldBe("--port");
        failure.Message.ShouldContain("http://127.0.0.1:8080");
    }

    [Theory]
    [InlineData("x failed: no such model\n   at line 3\n", "no such model")]
    [InlineData("", "server.log")]
    public void Anything_else_is_told_from_the_servers_own_log(string log, string told)
    {
        var failure = ServerFailure.From("server.log", log);

        failure.ShouldBeOfType<StageFailedException>().ExitCode.ShouldBe(1);
        failure.Message.ShouldContain(told);
    }
}
