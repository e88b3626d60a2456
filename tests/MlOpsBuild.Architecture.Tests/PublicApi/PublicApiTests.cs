using System.Reflection;

namespace MlOpsBuild.Architecture.Tests.PublicApi;

/// <summary>
/// What each package offers is approved: <c>PublicApi/NAME.txt</c> beside this file. A change is meant or it is a mistake; when it is
/// meant, <c>MLOPS_APPROVE=1 ./build.sh Test</c> (or <c>dotnet test</c> of this project) writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "MlOpsBuild.Architecture.Tests", "PublicApi");

    private static readonly string[] Names =
    [
        "Components", "Core", "Dashboard", "Data", "Databases", "Delivery", "Engine", "MlNet", "Modeling", "Online", "Onnx", "Packaging",
        "Rendering",
        "Reporting",
        "Scoring", "Store", "Tracking"
    ];

    public static TheoryData<string> Packages => [.. Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_offers_what_was_approved(string package)
    {
        var file = Path.Combine(Folder, $"MlOpsBuild.{package}.txt");
        var offered = PublicSurface.Of(Assembly.Load($"MlOpsBuild.{package}"));
        if (Environment.GetEnvironmentVariable("MLOPS_APPROVE") == "1")
        {
            File.WriteAllText(file, offered);
        }

        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        approved.Split('\n').Except(offered.Split('\n')).ShouldBeEmpty($"gone from MlOpsBuild.{package}");
        offered.Split('\n').Except(approved.Split('\n')).ShouldBeEmpty($"new in MlOpsBuild.{package}");
        offered.ShouldBe(approved);
    }

    [Fact]
    public void Every_package_with_an_assembly_has_an_approved_file()
    {
        // The server is a program, the templates are text, and analyzers are for the compiler: none offers a type.
        var packages = Repository.Files("src", "*.csproj")
            .Select(Path.GetFileNameWithoutExtension)
            .Except(["MlOpsBuild.Analyzers", "MlOpsBuild.Serving", "MlOpsBuild.Templates"]);
        packages.ShouldBe(Names.Select(name => $"MlOpsBuild.{name}"), ignoreOrder: true);
    }
}
