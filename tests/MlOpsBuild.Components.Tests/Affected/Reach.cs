namespace MlOpsBuild.Components.Affected.Tests.Reach;

internal class Parent;

internal sealed class InField;

internal sealed class InList;

internal sealed class InLambda;

internal sealed class Returned;

internal sealed class Named;

internal sealed class InGenericCall;

internal sealed class Caught : Exception;

internal sealed class ByCalled;

internal sealed class Apart;

internal static class Called
{
    public static string Make() => $"{new ByCalled()}";
}

[AttributeUsage(AttributeTargets.Method)]
internal sealed class MarkAttribute(Type type) : Attribute
{
    public Type Type => type;
}

internal sealed class Start : Parent
{
    private readonly InField? _field;
    private readonly List<InList[]> _list = [];

    public Start(InField? field) => _field = field;

    public bool IsSet => _field != null;

    [Mark(typeof(Named))]
    public Returned? Work(int kind)
    {
        try
        {
            Func<object> make = () => new InLambda();
            return kind switch
            {
                1 => throw new InvalidOperationException($"{make()}{Called.Make()}{_list.Count}"),
                2 => Array.Empty<InGenericCall>().Length == 0 ? null : null,
                _ => null
            };
        }
        catch (Caught)
        {
            return null;
        }
    }
}
