using MlOpsBuild.EndToEnd.Tests.Fixtures;

namespace MlOpsBuild.EndToEnd.Tests;

/// <summary>The files that build servers read, and the commands in them.</summary>
public sealed class GeneratedCi(BuiltRepository repository) : EndToEndTest(repository)
{
    private static readonly string[] Files = [".github/workflows/mlops.yml", ".gitlab-ci.yml"];

    [Fact]
    public async Task This_repositorys_own_files_are_what_the_build_class_says()
    {
        foreach (var file in Files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Checkout.Root, file))!);
            File.Copy(Path.Combine(BuiltRepository.Sources, file), Path.Combine(Checkout.Root, file));
        }

        (await Checkout.RunAsync("GenerateCi", "--check")).Expect(0);
    }

    [Fact]
    public async Task Every_command_in_them_runs_in_a_clean_checkout()
    {
        (await Checkout.RunAsync("GenerateCi")).Expect(0);
        var commands = Files.SelectMany(file => File.ReadLines(Path.Combine(Checkout.Root, file)))
            .Where(line => line.Contains("./build.sh ", StringComparison.Ordinal) && !line.StartsWith('#'))
            .Select(line => line[line.IndexOf("./build.sh", StringComparison.Ordinal)..]).Distinct().ToList();
        commands.ShouldBe(["./build.sh TestModel Report", "./build.sh Package Report"]);

        Checkout.Environment["CI"] = "true";
        foreach (var command in commands)
        {
            (await Checkout.ShellAsync(command)).Expect(0).Output.ShouldContain("verdict Passed");
        }
    }
}
