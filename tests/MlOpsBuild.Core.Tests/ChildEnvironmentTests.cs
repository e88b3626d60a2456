using System.Diagnostics;

namespace MlOpsBuild.Core.Tests;

public sealed class ChildEnvironmentTests
{
    [Fact]
    public void A_process_sees_where_programs_are_and_no_secret()
    {
        var start = Start();

        ChildEnvironment.Keep(start);

        start.Environment.ShouldContainKeyAndValue("PATH", "/bin");
        start.Environment.Keys.ShouldBe(["PATH"]);
    }

    [Fact]
    public void It_sees_what_it_needs_beside_that_as_far_as_it_is_there()
    {
        var start = Start();

        ChildEnvironment.Keep(start, ["LLM_KEY", "NO_SUCH_VARIABLE"]);

        start.Environment.Keys.Order(StringComparer.Ordinal).ShouldBe(["LLM_KEY", "PATH"]);
        start.Environment["LLM_KEY"].ShouldBe("sk-1");
    }

    private static ProcessStartInfo Start()
    {
        var start = new ProcessStartInfo("true");
        start.Environment.Clear();
        (start.Environment["PATH"], start.Environment["LLM_KEY"], start.Environment["OTHER_KEY"]) = ("/bin", "sk-1", "sk-2");
        return start;
    }
}
