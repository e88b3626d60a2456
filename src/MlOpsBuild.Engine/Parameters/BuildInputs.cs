using MlOpsBuild.Engine.ValueInjection;

namespace MlOpsBuild.Engine.Parameters;

/// <summary>What the caller gave, read strictly: every problem is told, and none is passed over.</summary>
internal sealed record BuildInputs(
    IReadOnlyList<ParameterDeclaration> Declarations, CommandLine CommandLine, IReadOnlyDictionary<string, ParameterValue> Values)
{
    public static BuildInputs Read(NukeBuild build, BuildContext context, List<string> problems)
    {
        var declarations = ParameterDeclaration.Of(build.GetType(), problems);
        var commandLine = CommandLine.Parse(context.Arguments, declarations, problems).WithOperands(build.Operands);
        var files = ParameterFiles.Read(commandLine, context, declarations, problems);
        build.State.Profiles = files.Profiles;
        build.Values = new ParameterResolver(commandLine, files, context, problems).Resolve(declarations);
        Conceal(build.Values.Values, context);
        foreach (var value in build.Values.Values)
        {
            ParameterMember.Set(build, value.Declaration.Member, value.Value);
        }

        InjectedMembers.Set(build, declarations, problems);
        return new(declarations, commandLine, build.Values);
    }

    /// <summary>What must be given and was not; asked only when something is about to run.</summary>
    public IEnumerable<string> Missing(NukeBuild build) =>
        Declarations.Where(declaration => declaration.IsRequired && ParameterMember.IsMissing(build, declaration))
            .Select(declaration => $"--{declaration.Name} is required{(declaration.Attribute.Description is { } text ? $" ({text})" : "")}; environment: {ParameterName.Environment(declaration.Name)}.");

    private static void Conceal(IEnumerable<ParameterValue> values, BuildContext context)
    {
        foreach (var value in values)
        {
            foreach (var secret in value.Declaration.IsSecret
                ? value.Text.Concat(ParameterMember.Texts(value.Value))
                : value.Text.SelectMany(UrlSecret.In))
            {
                context.Console.Mask(secret);
            }

            if (value.Declaration.IsSecret)
            {
                foreach (var variable in value.Variables)
                {
                    context.Conceal(variable);
                }
            }
        }

        foreach (var secret in context.Arguments.SelectMany(UrlSecret.In))
        {
            context.Console.Mask(secret);
        }
    }
}
